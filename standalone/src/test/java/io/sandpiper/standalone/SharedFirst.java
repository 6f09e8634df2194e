/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Classes that share a standalone come one after the other, so that it is started once. */
public final class SharedFirst implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparing(SharedFirst::isAlone).thenComparing(SharedFirst::name));
    }

    private static boolean isAlone(ClassDescriptor test) {
        return !SharedStandalone.class.isAssignableFrom(test.getTestClass());
    }

    private static String name(ClassDescriptor test) {
        return test.getTestClass().getName();
    }
}
