#include <utility>

#include "dmn/builtin_groups.h"

// Functions of contexts (DMN 1.5, 10.3.4.11).
namespace softbot::dmn {

namespace {

Outcome get_value(const List& arguments, Caller&) {
  const Context* context = arguments[0].as_context();
  if (!context) return wrong_argument(0, "a context", arguments[0]);
  const std::string* key = arguments[1].as_string();
  if (!key) return wrong_argument(1, "a string", arguments[1]);
  const Value* found = context->find(*key);
  return found ? Outcome(*found) : no_value("the context has no such key");
}

Outcome get_entries(const List& arguments, Caller&) {
  const Context* context = arguments[0].as_context();
  if (!context) return wrong_argument(0, "a context", arguments[0]);
  List entries;
  for (const Context::Entry& entry : context->entries())
    entries.emplace_back(Context{{"key", Value(entry.name)}, {"value", entry.value}});
  return Value(std::move(entries));
}

Outcome context_of(const List& arguments, Caller& caller) {
  const auto entries = as_items(arguments[0]);
  if (!entries) return wrong_argument(0, "a list of entries", arguments[0]);
  Context made;
  for (const Value& entry : **entries) {
    if (!caller.charge(1 + made.size() / 8)) return Value();
    const Context* pair = entry.as_context();
    const Value* key = pair ? pair->find("key") : nullptr;
    const Value* value = pair ? pair->find("value") : nullptr;
    if (!key || !key->as_string() || !value) return no_value("an entry has no key and value");
    if (made.find(*key->as_string())) return no_value("a key stands twice");
    made.set(*key->as_string(), *value);
  }
  return Value(std::move(made));
}

Outcome put_at(const Value& target, const List& keys, std::size_t at, const Value& value) {
  const Context* context = target.as_context();
  if (!context) return no_value("there is no context at the key");
  const std::string* key = keys[at].as_string();
  if (!key) return no_value("a key is no string");
  Context made = *context;
  if (at + 1 == keys.size()) {
    made.set(*key, value);
    return Value(std::move(made));
  }
  const Value* inner = context->find(*key);
  Outcome put = put_at(inner ? *inner : Value(), keys, at + 1, value);
  if (!put) return put;
  made.set(*key, *put);
  return Value(std::move(made));
}

Outcome context_put(const List& arguments, Caller&) {
  if (!arguments[0].as_context()) return wrong_argument(0, "a context", arguments[0]);
  if (arguments[1].as_string()) return put_at(arguments[0], {arguments[1]}, 0, arguments[2]);
  const List* keys = arguments[1].as_list();
  if (!keys || keys->empty()) return wrong_argument(1, "a string or a list of strings", arguments[1]);
  if (keys->size() > static_cast<std::size_t>(Value::deepest_nesting))
    return no_value("the keys nest too deep");
  return put_at(arguments[0], *keys, 0, arguments[2]);
}

Outcome context_merge(const List& arguments, Caller& caller) {
  const auto contexts = as_items(arguments[0]);
  if (!contexts) return wrong_argument(0, "a list of contexts", arguments[0]);
  Context made;
  for (const Value& one : **contexts) {
    const Context* context = one.as_context();
    if (!context) return no_value("not all elements are contexts");
    if (!caller.charge(1 + context->size() * (1 + made.size() / 8))) return Value();
    for (const Context::Entry& entry : context->entries()) made.set(entry.name, entry.value);
  }
  return Value(std::move(made));
}

}  // namespace

std::vector<Builtin> context_builtins() {
  return {
      {"get value", {"m,key", "context,key"}, get_value, 0b11},
      {"get entries", {"m", "context"}, get_entries, 0b1},
      {"context", {"entries"}, context_of},
      {"context put", {"context,key:string,value", "context,keys:list,value"}, context_put, 0b001},
      {"context merge", {"contexts"}, context_merge},
  };
}

}  // namespace softbot::dmn
