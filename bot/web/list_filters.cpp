#include "web/list_filters.h"

#include "http/multipart.h"
#include "web/queries.h"

namespace softbot::web {

Value filter_view(const char* name, const char* label, const std::string& chosen,
                  const std::vector<FilterValue>& values) {
  Value list = Value::list();
  bool offered = chosen.empty();
  for (const FilterValue& each : values) {
    offered = offered || each.value == chosen;
    list.push(Value::object({{"value", each.value}, {"text", each.text}, {"chosen", each.value == chosen}}));
  }
  if (!offered) list.push(Value::object({{"value", chosen}, {"text", chosen}, {"chosen", true}}));
  return Value::object({{"name", name}, {"label", label}, {"values", std::move(list)}});
}

std::vector<FilterValue> municipality_filter(const Visit& visit) {
  std::vector<FilterValue> municipalities;
  for (const auto& [id, municipality] : *visit.configuration().municipalities) {
    if (works_for(visit.identity().municipalities, id)) municipalities.push_back({id, municipality.display});
  }
  return municipalities;
}

std::string kept_filters(const Visit& visit, const std::vector<std::string>& names) {
  std::string query;
  for (const std::string& name : names) {
    const std::string_view value = visit.request().query.get(name);
    if (!value.empty()) query += (query.empty() ? "?" : "&") + name + "=" + http::percent_encoded(value);
  }
  return query;
}

std::string next_page(const Visit& visit, const std::string& address, const std::string& next) {
  if (next.empty()) return {};
  std::string link = address + "?";
  for (const auto& [name, value] : visit.request().query.pairs()) {
    if (name != "na" && name != "gedaan" && !value.empty())
      link += http::percent_encoded(name) + "=" + http::percent_encoded(value) + "&";
  }
  return link + "na=" + http::percent_encoded(next);
}

}  // namespace softbot::web
