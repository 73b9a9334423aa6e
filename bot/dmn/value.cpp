#include "dmn/value.h"

#include <algorithm>

#include "dmn/function.h"
#include "dmn/text.h"

namespace softbot::dmn {

struct Value::ListBox {
  List items;
  int nesting = 0;
};

struct Value::ContextBox {
  Context entries;
  int nesting = 0;
};

namespace {

constexpr std::size_t longest_text = 1'000'000;
constexpr std::size_t longest_excerpt = 80;
constexpr std::size_t most_comparisons = 1'000'000;

template <class T>
int sign(const T& left, const T& right) {
  return left < right ? -1 : right < left ? 1 : 0;
}

bool plain_key(std::string_view key) {
  if (key.empty() || !is_name_start(code_point_at(key, 0).value)) return false;
  for (std::size_t at = 0; at < key.size();) {
    const CodePoint found = code_point_at(key, at);
    if (!is_name_part(found.value) && found.value != U' ') return false;
    at += found.bytes;
  }
  return true;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') result += '\\';
    if (letter == '\n') {
      result += "\\n";
    } else {
      result += letter;
    }
  }
  return result + "\"";
}

/// Writes FEEL literals; stops when the text grows beyond all use.
class Writer {
 public:
  Writer(bool literal_dates, std::size_t longest) : literal_dates_(literal_dates), longest_(longest) {}

  void write(const Value& value) {
    if (text_.size() > longest_) return;
    switch (value.kind()) {
      case Value::Kind::null:
        text_ += "null";
        break;
      case Value::Kind::boolean:
        text_ += value.is_true() ? "true" : "false";
        break;
      case Value::Kind::number:
        text_ += value.as_number()->shortest_text();
        break;
      case Value::Kind::string:
        text_ += quoted(*value.as_string());
        break;
      case Value::Kind::date:
        write_literal(to_text(*value.as_date()));
        break;
      case Value::Kind::time:
        write_literal(to_text(*value.as_time()));
        break;
      case Value::Kind::date_time:
        write_literal(to_text(*value.as_date_time()));
        break;
      case Value::Kind::days_duration:
        write_literal(to_text(*value.as_days_duration()));
        break;
      case Value::Kind::months_duration:
        write_literal(to_text(*value.as_months_duration()));
        break;
      case Value::Kind::list:
        write(*value.as_list());
        break;
      case Value::Kind::context:
        write(*value.as_context());
        break;
      case Value::Kind::range:
        write(*value.as_range());
        break;
      case Value::Kind::function:
        text_ += "function(" + value.as_function()->signature() + ")";
        break;
    }
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void write_literal(const std::string& text) { text_ += literal_dates_ ? "@\"" + text + "\"" : text; }

  void write(const List& list) {
    text_ += '[';
    for (std::size_t index = 0; index < list.size() && text_.size() <= longest_; ++index) {
      if (index > 0) text_ += ", ";
      write(list[index]);
    }
    text_ += ']';
  }

  void write(const Context& context) {
    text_ += '{';
    for (std::size_t index = 0; index < context.size() && text_.size() <= longest_; ++index) {
      const Context::Entry& entry = context.entries()[index];
      if (index > 0) text_ += ", ";
      text_ += plain_key(entry.name) ? entry.name : quoted(entry.name);
      text_ += ": ";
      write(entry.value);
    }
    text_ += '}';
  }

  void write(const Range& range) {
    if (range.comparison != Range::Comparison::none) {
      static constexpr const char* operators[] = {"", "<", "<=", ">", ">=", "=", "!="};
      text_ += operators[static_cast<std::size_t>(range.comparison)];
      write(range.low.is_null() ? range.high : range.low);
      return;
    }
    text_ += range.low_included ? '[' : '(';
    write(range.low);
    text_ += "..";
    write(range.high);
    text_ += range.high_included ? ']' : ')';
  }

  std::string text_;
  bool literal_dates_;
  std::size_t longest_;
};

/// FEEL equality with a bound on the work: two values that share structure can be huge when written out.
class Equality {
 public:
  std::optional<bool> equal(const Value& left, const Value& right) {
    if (++steps_ > most_comparisons) return std::nullopt;
    if (left.is_null() || right.is_null()) return left.is_null() && right.is_null();
    if (left.kind() != right.kind()) return std::nullopt;
    switch (left.kind()) {
      case Value::Kind::boolean:
        return left.as_bool() == right.as_bool();
      case Value::Kind::list:
        return equal(*left.as_list(), *right.as_list());
      case Value::Kind::context:
        return equal(*left.as_context(), *right.as_context());
      case Value::Kind::range:
        return equal(*left.as_range(), *right.as_range());
      case Value::Kind::function:
        return left.as_function() == right.as_function();
      default:
        break;
    }
    if (const std::string* text = left.as_string()) steps_ += text->size() / 64;
    const auto order = feel_compare(left, right);
    if (!order) return std::nullopt;
    return *order == 0;
  }

  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  std::optional<bool> equal(const List& left, const List& right) {
    if (&left == &right) return true;
    if (left.size() != right.size()) return false;
    for (std::size_t index = 0; index < left.size(); ++index) {
      const auto same = equal(left[index], right[index]);
      if (same != true) return same.has_value() || steps_ <= most_comparisons ? std::optional(false) : same;
    }
    return true;
  }

  std::optional<bool> equal(const Context& left, const Context& right) {
    if (&left == &right) return true;
    if (left.size() != right.size()) return false;
    for (const Context::Entry& entry : left.entries()) {
      const Value* other = right.find(entry.name);
      if (!other) return false;
      const auto same = equal(entry.value, *other);
      if (same != true) return same.has_value() || steps_ <= most_comparisons ? std::optional(false) : same;
    }
    return true;
  }

  std::optional<bool> equal(const Range& left, const Range& right) {
    if (left.low_included != right.low_included || left.high_included != right.high_included ||
        left.comparison != right.comparison)
      return false;
    return equal(left.low, right.low) == true && equal(left.high, right.high) == true;
  }

  std::size_t steps_ = 0;
};

}  // namespace

Value::Value(List list) {
  int nesting = 1;
  for (const Value& item : list) nesting = std::max(nesting, item.nesting() + 1);
  if (nesting > deepest_nesting) return;
  data_ = std::make_shared<const ListBox>(ListBox{std::move(list), nesting});
}

Value::Value(Context context) {
  int nesting = 1;
  for (const Context::Entry& entry : context.entries())
    nesting = std::max(nesting, entry.value.nesting() + 1);
  if (nesting > deepest_nesting) return;
  data_ = std::make_shared<const ContextBox>(ContextBox{std::move(context), nesting});
}

Value::Value(Range range) {
  if (std::max(range.low.nesting(), range.high.nesting()) + 1 > deepest_nesting) return;
  data_ = std::make_shared<const Range>(std::move(range));
}

int Value::nesting() const {
  switch (kind()) {
    case Kind::list:
      return shared<ListBox>()->nesting;
    case Kind::context:
      return shared<ContextBox>()->nesting;
    case Kind::range:
      return std::max(as_range()->low.nesting(), as_range()->high.nesting()) + 1;
    case Kind::function:
      return as_function()->nesting() + 1;
    default:
      return 0;
  }
}

std::optional<bool> Value::as_bool() const {
  if (const bool* flag = std::get_if<bool>(&data_)) return *flag;
  return std::nullopt;
}

const List* Value::as_list() const {
  const ListBox* box = shared<ListBox>();
  return box ? &box->items : nullptr;
}

const Context* Value::as_context() const {
  const ContextBox* box = shared<ContextBox>();
  return box ? &box->entries : nullptr;
}

Value Value::operator[](std::string_view name) const {
  const Context* context = as_context();
  const Value* found = context ? context->find(name) : nullptr;
  return found ? *found : Value();
}

std::string Value::text() const {
  Writer writer(true, longest_text);
  writer.write(*this);
  return writer.take();
}

std::string Value::excerpt() const {
  Writer writer(true, longest_excerpt);
  writer.write(*this);
  std::string text = writer.take();
  if (text.size() <= longest_excerpt) return text;
  std::size_t end = longest_excerpt;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

std::string Value::display() const {
  if (const std::string* text = as_string()) return *text;
  const bool plain = kind() != Kind::list && kind() != Kind::context && kind() != Kind::range;
  Writer writer(!plain, longest_text);
  writer.write(*this);
  return writer.take();
}

bool Value::operator==(const Value& other) const {
  if (kind() != other.kind()) return false;
  if (const Time* time = as_time()) return to_text(*time) == to_text(*other.as_time());
  if (const DateTime* moment = as_date_time()) return to_text(*moment) == to_text(*other.as_date_time());
  return feel_equal(*this, other) == true;
}

Context::Context() = default;
Context::~Context() = default;
Context::Context(const Context&) = default;
Context::Context(Context&&) noexcept = default;
Context& Context::operator=(const Context&) = default;
Context& Context::operator=(Context&&) noexcept = default;

std::size_t Context::size() const {
  return entries_.size();
}

Context::Context(std::initializer_list<std::pair<std::string_view, Value>> entries) {
  for (const auto& [name, value] : entries) set(name, value);
}

void Context::set(std::string_view name, Value value) {
  for (Entry& entry : entries_) {
    if (entry.name == name) {
      entry.value = std::move(value);
      return;
    }
  }
  append(name, std::move(value));
}

void Context::append(std::string_view name, Value value) {
  entries_.push_back(Entry{std::string(name), std::move(value)});
}

void Context::reserve(std::size_t entries) {
  entries_.reserve(entries);
}

const Value* Context::find(std::string_view name) const {
  for (const Entry& entry : entries_)
    if (entry.name == name) return &entry.value;
  return nullptr;
}

bool Context::operator==(const Context& other) const {
  return Value(*this) == Value(other);
}

std::optional<bool> feel_equal(const Value& left, const Value& right) {
  return count_equal(left, right).equal;
}

CountedEquality count_equal(const Value& left, const Value& right) {
  Equality equality;
  const auto equal = equality.equal(left, right);
  return {equal, equality.steps()};
}

std::optional<int> feel_compare(const Value& left, const Value& right) {
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case Value::Kind::number:
      return sign(*left.as_number(), *right.as_number());
    case Value::Kind::string:
      return sign(*left.as_string(), *right.as_string());
    case Value::Kind::date:
      return sign(*left.as_date(), *right.as_date());
    case Value::Kind::days_duration:
      return sign(*left.as_days_duration(), *right.as_days_duration());
    case Value::Kind::months_duration:
      return sign(*left.as_months_duration(), *right.as_months_duration());
    case Value::Kind::time:
      return sign(instant(*left.as_time()).seconds, instant(*right.as_time()).seconds);
    case Value::Kind::date_time:
      return sign(instant(*left.as_date_time()).seconds, instant(*right.as_date_time()).seconds);
    default:
      return std::nullopt;
  }
}

std::string_view name_of(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::boolean:
      return "boolean";
    case Value::Kind::number:
      return "number";
    case Value::Kind::string:
      return "string";
    case Value::Kind::date:
      return "date";
    case Value::Kind::time:
      return "time";
    case Value::Kind::date_time:
      return "date and time";
    case Value::Kind::days_duration:
      return "days and time duration";
    case Value::Kind::months_duration:
      return "years and months duration";
    case Value::Kind::list:
      return "list";
    case Value::Kind::context:
      return "context";
    case Value::Kind::range:
      return "range";
    case Value::Kind::function:
      return "function";
  }
  return "value";
}

}  // namespace softbot::dmn
