#include "adapters/sqlite/columns.h"

#include "domain/json.h"
#include "domain/value.h"

namespace softbot::sqlite {

std::string to_json_list(const std::vector<std::string>& texts) {
  Value list = Value::list();
  for (const std::string& text : texts) list.push(text);
  return to_json(list);
}

std::vector<std::string> texts_from(const std::string& json) {
  std::vector<std::string> texts;
  const auto list = parse_json(json);
  if (!list) return texts;
  for (const Value& text : list->items()) texts.push_back(text.text_or_empty());
  return texts;
}

}  // namespace softbot::sqlite
