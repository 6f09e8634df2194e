// SPDX-License-Identifier: Apache-2.0
SwaggerUIBundle({
  url: "/v1/openapi.yaml",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
});
