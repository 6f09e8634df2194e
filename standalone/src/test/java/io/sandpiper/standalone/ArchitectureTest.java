/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.StreamsBuilder;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.RestController;

/** The layering of docs/architecture.md. A rule that is in the way is changed there first, with the reason. */
@AnalyzeClasses(packages = "io.sandpiper", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] NETWORKS = {"org.deeplearning4j..", "org.nd4j..", "org.datavec.."};
    private static final String[] BROKER = {"kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server.."};

    @ArchTest
    static final ArchRule kernel_importsNothingOfOursAndNoFramework = noClasses()
            .that()
            .resideInAPackage("io.sandpiper.schemas..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.sandpiper..").and(not(resideInAPackage("io.sandpiper.schemas.."))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.minio..", "org.deeplearning4j..", "org.nd4j..");

    @ArchTest
    static final ArchRule registry_importsOnlyTheKernel = noClasses()
            .that()
            .resideInAPackage("io.sandpiper.registry..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sandpiper..")
                    .and(not(resideInAnyPackage("io.sandpiper.schemas..", "io.sandpiper.registry.."))))
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule whatServicesShare_importsOnlyTheKernel = noClasses()
            .that()
            .resideInAPackage("io.sandpiper.service..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.sandpiper..")
                    .and(not(resideInAnyPackage("io.sandpiper.schemas..", "io.sandpiper.service.."))));

    @ArchTest
    static final ArchRule objectStoreClient_isKnownOnlyThere = noClasses()
            .that()
            .resideOutsideOfPackage("io.sandpiper.objectstore..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.minio..");

    @ArchTest
    static final ArchRule networks_areKnownOnlyWhereTheyAreMadeAndRun = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.sandpiper.classifier.engine.dl4j..", "io.sandpiper.training.fit..", "org.nd4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NETWORKS);

    @ArchTest
    static final ArchRule onnxRuntime_isKnownOnlyToItsEngine = noClasses()
            .that()
            .resideOutsideOfPackage("io.sandpiper.classifier.engine.onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule api_looksAtPicturesAndRunsNoNetwork = noClasses()
            .that()
            .resideInAnyPackage("io.sandpiper.ingest..", "io.sandpiper.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.sandpiper.classifier.engine..", "io.sandpiper.classifier.archive..");

    @ArchTest
    static final ArchRule services_doNotKnowEachOther = slices().matching(
                    "io.sandpiper.(ingest|inference|training|dashboard)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule onlyStandalone_namesTheApplications = classes()
            .that()
            .haveSimpleNameEndingWith("Application")
            .and()
            .resideInAPackage("io.sandpiper..")
            .should()
            .onlyBeAccessed()
            .byClassesThat(resideInAPackage("io.sandpiper.standalone..").or(simpleNameEndingWith("Application")));

    @ArchTest
    static final ArchRule commandLine_isAnOutsideClient = outsideClient("io.sandpiper.cli..");

    @ArchTest
    static final ArchRule loadTest_isAnOutsideClient = outsideClient("io.sandpiper.loadtest..");

    @ArchTest
    static final ArchRule brokerInternals_areKnownOnlyToStandalone = noClasses()
            .that()
            .resideOutsideOfPackage("io.sandpiper.standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BROKER);

    @ArchTest
    static final ArchRule producers_areInPublish = noClasses()
            .that()
            .resideOutsideOfPackages("..publish..", "io.sandpiper.loadtest..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(KafkaTemplate.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Producer.class);

    @ArchTest
    static final ArchRule listeners_areInConsumeAndCommand = methods()
            .that()
            .areAnnotatedWith(KafkaListener.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAnyPackage("..consume..", "..command..");

    @ArchTest
    static final ArchRule pollLoops_areInTheRegistry_inConsume_andOutside = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.sandpiper.registry..", "..consume..", "io.sandpiper.loadtest..", "io.sandpiper.cli..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(KafkaConsumer.class);

    @ArchTest
    static final ArchRule topologies_areInStreamAndResult = noClasses()
            .that()
            .resideOutsideOfPackages("..stream..", "..result..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(StreamsBuilder.class);

    @ArchTest
    static final ArchRule web_isInHttp =
            classes().that().areAnnotatedWith(RestController.class).should().resideInAPackage("..http..");

    @ArchTest
    static final ArchRule eventLoops_areNotBlocked = noClasses()
            .that()
            .resideInAnyPackage("io.sandpiper.ingest..", "io.sandpiper.dashboard..")
            .and()
            .doNotHaveSimpleName("Blocking")
            .should()
            .callMethod(reactor.core.publisher.Mono.class, "block")
            .orShould()
            .callMethod(reactor.core.publisher.Mono.class, "block", Duration.class)
            .orShould()
            .callMethod(reactor.core.publisher.Flux.class, "blockLast");

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("io.sandpiper.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackage_isNullMarked = classes()
            .that()
            .resideInAPackage("io.sandpiper..")
            .should(new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(type, marked, type.getName() + (marked ? " is" : " is not")));
                }
            });

    @ArchTest
    static final ArchRule nothing_writesToTheTerminalDirectly =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    @ArchTest
    static final ArchRule nothing_isInjectedIntoFields =
            noFields().should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith(Value.class);

    @ArchTest
    static final ArchRule constants_areFinal =
            fields().that().areStatic().should().beFinal();

    private static ArchRule outsideClient(String packages) {
        return noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .dependOnClassesThat(resideInAPackage("io.sandpiper..")
                        .and(not(resideInAnyPackage(packages, "io.sandpiper.schemas.."))));
    }
}
