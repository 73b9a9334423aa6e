#include "web/template_engine.h"

#include <kainjow/mustache.hpp>
#include <map>
#include <stdexcept>

#include "web/embedded.h"

namespace softbot::web {
namespace {

namespace mustache = kainjow::mustache;

mustache::data data_of(const Value& value) {
  if (const auto flag = value.as_bool()) {
    return mustache::data{*flag};
  }
  if (const Number* number = value.as_number()) {
    return mustache::data{number->text};
  }
  if (const std::string* text = value.as_text()) {
    // An empty text is false to a section: `{{#help}}...{{/help}}` leaves the whole out.
    return text->empty() ? mustache::data{false} : mustache::data{*text};
  }
  if (value.is_list()) {
    mustache::data list{mustache::data::type::list};
    for (const Value& item : value.items()) {
      list.push_back(data_of(item));
    }
    return list;
  }
  if (value.is_object()) {
    mustache::data object{mustache::data::type::object};
    for (const Value::Member& member : value.members()) {
      object.set(member.name, data_of(member.value));
    }
    return object;
  }
  return mustache::data{false};
}

const std::map<std::string, mustache::data, std::less<>>& partials() {
  static const auto all = [] {
    std::map<std::string, mustache::data, std::less<>> map;
    for (const EmbeddedTemplate& embedded : embedded_templates()) {
      map.emplace(std::string(embedded.name), mustache::data{std::string(embedded.text)});
    }
    return map;
  }();
  return all;
}

/// The library's own context, with our templates as partials.
class PageContext final : public mustache::context<std::string> {
 public:
  explicit PageContext(const mustache::data* data) : context(data) {}
  const mustache::data* get_partial(const std::string& name) const override {
    const auto found = partials().find(name);
    if (found == partials().end()) {
      throw std::logic_error("no page template named " + name);
    }
    return &found->second;
  }
};

}  // namespace

std::string render(std::string_view name, const Value& context) {
  const auto found = partials().find(name);
  if (found == partials().end()) {
    throw std::logic_error("no page template named " + std::string(name));
  }
  mustache::mustache page{found->second.string_value()};
  if (!page.is_valid()) {
    throw std::logic_error("page template " + std::string(name) + ": " + page.error_message());
  }
  const mustache::data data = data_of(context);
  PageContext pages{&data};
  return page.render(pages);
}

}  // namespace softbot::web
