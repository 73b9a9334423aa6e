#pragma once

#include <string>
#include <vector>

#include "web/site.h"

namespace softbot::web {

/// One value of a filter above a list.
struct FilterValue {
  std::string value;
  std::string text;
};

/// A filter as the templates take it: {name, label, values: [{value, text, chosen}]}. What is chosen is
/// always among the values, also when it is no longer on offer: nobody is shown an empty list without its
/// cause.
[[nodiscard]] Value filter_view(const char* name, const char* label, const std::string& chosen,
                                const std::vector<FilterValue>& values);

/// The municipalities that this colleague works for.
[[nodiscard]] std::vector<FilterValue> municipality_filter(const Visit& visit);

/// What the visitor filters by, as a query to put behind an address, so that filters stay on the way to a
/// detail and back: "?toestand=read&gemeente=voorbeeld"; "" without filters. Only these names, and no place
/// in the list.
[[nodiscard]] std::string kept_filters(const Visit& visit, const std::vector<std::string>& names);

/// The address of the next page of the list, with the same filters; "" when there is none.
[[nodiscard]] std::string next_page(const Visit& visit, const std::string& address, const std::string& next);

}  // namespace softbot::web
