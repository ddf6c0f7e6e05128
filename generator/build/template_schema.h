// The reference of what a template may use, written once, here (template_schema.cc): the compiler checks names against
// it, template_data.cc, page_context.cc and consent_values.cc fill it, and themes/REFERENCE.md is made from it.
#pragma once

#include <string>

#include "config/site_config.h"
#include "theme/schema.h"
#include "theme/theme.h"

namespace hardtop {

// The built-in names, without those that a site or theme adds.
[[nodiscard]] const Schema& base_schema();

// What themes/REFERENCE.md says of the names: Markdown tables, one a type.
[[nodiscard]] std::string template_reference();

}  // namespace hardtop
