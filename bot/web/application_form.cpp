#include "web/application_form.h"

#include <algorithm>
#include <set>

#include "domain/json.h"
#include "domain/text.h"
#include "forms/answer_condition.h"
#include "forms/catalogue.h"
#include "forms/completeness.h"
#include "pipeline/views.h"
#include "web/file_look.h"

namespace softbot::web {
namespace {

constexpr std::size_t most_file_bytes = std::size_t{25} << 20;

bool is_key(const std::string& text) {
  return text.size() == 26 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
}

/// "living-allowance/bank-statement" -> part and kind.
std::pair<std::string, std::string> part_and_kind(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return {};
  return {std::string(name.substr(0, slash)), std::string(name.substr(slash + 1))};
}

std::optional<Date> typed_date(const std::string& text) {
  const auto date = parse_date(text);
  return date ? std::optional<Date>(*date) : std::nullopt;
}

std::string iso_or_typed(const std::string& text) {
  const auto date = parse_date(text);
  return date ? format_iso(*date) : text;
}

std::string compact_upper(std::string_view text) {
  std::string out;
  for (const char c : ascii_upper(text)) {
    if (c != ' ') out += c;
  }
  return out;
}

/// The first sentence: a letter also says what may follow from an answer, the page simply asks on.
std::string first_sentence(const std::string& text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if ((text[at] == '.' || text[at] == '?') && text[at + 1] == ' ') return text.substr(0, at + 1);
  }
  return text;
}

/// Answers to questions that do not apply stay on the page, but are not sent: nobody asked them.
Value only_applicable(const FormDefinition& part, const Value& answers, const AnswerContext& context) {
  Value kept = Value::object();
  for (const Section& section : part.sections) {
    for (const Field& field : section.fields) {
      const Value* answer = answers.find(field.name);
      if (answer != nullptr && applies(section, field, context) != Truth::no) kept.set(field.name, *answer);
    }
  }
  return kept;
}

}  // namespace

ApplicationForm::ApplicationForm(const Visit& visit, std::string channel,
                                 const std::vector<std::string>& types)
    : visit_(visit) {
  state_.language = visit.language();
  state_.channel = std::move(channel);
  for (const std::string& type : types) {
    const bool known = definition(type) != nullptr;
    if (known && std::find(state_.types.begin(), state_.types.end(), type) == state_.types.end())
      state_.types.push_back(type);
  }
  // Where nobody is mailed, nobody is asked for an address.
  if (visit.services().mailer == nullptr) state_.left_out = {"common.electronicDelivery", "common.email"};
  key_ = new_id(visit.services().vault);
}

const FormDefinition& ApplicationForm::common() const {
  return visit_.configuration().forms->common();
}

const FormDefinition* ApplicationForm::definition(const std::string& type) const {
  return visit_.configuration().forms->find(type, visit_.municipality().id);
}

void ApplicationForm::fix(const std::string& name, const std::string& value) {
  std::erase_if(state_.typed, [&](const auto& pair) { return pair.first == name; });
  state_.typed.emplace_back(name, value);
  state_.read_only.insert(name);
}

void ApplicationForm::suggest(const Value& known) {
  std::set<std::string> typed;
  for (const auto& [name, value] : state_.typed) typed.insert(name);
  for (auto& pair : to_web(common(), "common", known)) {
    if (!typed.contains(pair.first)) state_.typed.push_back(std::move(pair));
  }
}

void ApplicationForm::take(PostedForm posted) {
  if (const std::string key = posted.get("form"); is_key(key)) key_ = key;
  const std::string action = posted.get("action");
  pending_ = posted.all("pending");
  state_.typed = std::move(posted.typed);
  change_rows(state_.typed, action);
  if (action.starts_with("drop:")) visit_.site().tray.remove(key_, std::string_view(action).substr(5));
  const std::size_t before = files().size();
  const std::string had = web_value(state_.typed, "had-files");
  lost_files_ = !had.empty() && had != "0" && before == 0 && !action.starts_with("drop:");
  take_files(std::move(posted.files));
}

void ApplicationForm::take_files(std::vector<http::UploadedFile> uploaded) {
  const Instant now = visit_.services().clock.now();
  std::set<std::string> done;
  for (http::UploadedFile& upload : uploaded) {
    if (!upload.field.starts_with("file:")) continue;
    const std::string name = upload.field.substr(5);
    const auto [part, kind] = part_and_kind(name);
    const FormDefinition* owner = part == "common" ? &common() : definition(part);
    const Attachment* attachment = owner == nullptr ? nullptr : owner->attachment(kind);
    if (attachment == nullptr) continue;
    TrayFile file;
    file.part = part;
    file.kind = kind;
    file.name = upload.name;
    file.media_type = media_type_of(upload.content);
    file.bytes = std::move(upload.content);
    file.row_key = web_value(state_.typed, "key:" + name);
    file.period_from = iso_or_typed(web_value(state_.typed, "from:" + name));
    file.period_to = iso_or_typed(web_value(state_.typed, "to:" + name));
    const auto accepted = std::find(attachment->accepts.begin(), attachment->accepts.end(), file.media_type);
    if (file.media_type.empty() || accepted == attachment->accepts.end()) {
      file_findings_.push_back({name,
                                visit_.say("Dit bestand kunnen we niet openen. Kies een PDF, JPG of PNG.",
                                           "We cannot open this file. Choose a PDF, JPG or PNG."),
                                false});
      continue;
    }
    take_look(*attachment, file);
    if (file.bytes.size() > most_file_bytes ||
        visit_.site().tray.add(key_, std::move(file), now) != UploadTray::Added::yes) {
      file_findings_.push_back(
          {name,
           visit_.say(
               "Dit bestand is te groot, of het zijn er te veel. Eén bestand mag 25 MB zijn, alles samen 60 "
               "MB.",
               "This file is too large, or there are too many. One file may be 25 MB, all together 60 MB."),
           false});
      continue;
    }
    done.insert(name);
  }
  // What was typed beside a file belongs to that file now; the next one starts empty.
  std::erase_if(state_.typed, [&](const auto& pair) {
    const std::size_t colon = pair.first.find(':');
    if (colon == std::string::npos) return false;
    const std::string what = pair.first.substr(0, colon);
    return (what == "key" || what == "from" || what == "to") && done.contains(pair.first.substr(colon + 1));
  });
}

/// What stands in the file need not be typed; what was typed stays.
void ApplicationForm::take_look(const Attachment& attachment, TrayFile& file) const {
  if (file.bytes.size() > most_file_bytes) return;
  FileLook look = look_at(visit_.services(), attachment.reads, file.media_type, file.bytes);
  file.look = std::move(look.word);
  if (file.row_key.empty()) file.row_key = std::move(look.account);
  if (attachment.cover_months > 0 && file.period_from.empty() && file.period_to.empty()) {
    file.period_from = std::move(look.from);
    file.period_to = std::move(look.until);
  }
}

std::vector<TrayFile> ApplicationForm::files() const {
  return visit_.site().tray.files(key_, visit_.services().clock.now());
}

Value ApplicationForm::part_answers(const FormDefinition& part, const std::string& prefix) const {
  return from_web(part, prefix, state_.typed).answers;
}

std::vector<ApplicationForm::Finding> ApplicationForm::findings() const {
  std::vector<Finding> all = file_findings_;
  if (conversation_unknown())
    all.push_back({"gesprek", "Kies waar u de inwoner spreekt: aan de balie of aan de telefoon.", true});
  std::set<std::pair<std::string, std::string>> seen;
  CompletenessInput input;
  input.common = answers_of(common(), "common", state_.typed);
  input.channel = state_.channel;
  input.language = state_.language;
  input.today = pipeline::today(visit_.services());
  const std::vector<TrayFile> kept = files();
  for (const std::string& type : state_.types) {
    input.fields = answers_of(*definition(type), type, state_.typed);
    input.attachments.clear();
    for (const TrayFile& file : kept) {
      if (file.part != type && file.part != "common") continue;
      input.attachments.push_back(
          {file.kind, compact_upper(file.row_key), typed_date(file.period_from), typed_date(file.period_to)});
    }
    for (const std::string& name : pending_) {
      const auto [part, kind] = part_and_kind(name);
      if (part != type && part != "common") continue;
      input.attachments.push_back({kind, compact_upper(web_value(state_.typed, "key:" + name)),
                                   typed_date(web_value(state_.typed, "from:" + name)),
                                   typed_date(web_value(state_.typed, "to:" + name))});
    }
    for (const Asked& asked : check_completeness(common(), *definition(type), input)) {
      if (asked.field == "signature") continue;  // signed by signing in, at the counter, or on the sheet
      const std::string name = input_of(asked, type);
      if (seen.insert({name, asked.text}).second) {
        const bool missing = asked.code == "missing";
        all.push_back({name, missing ? first_sentence(asked.text) : asked.text,
                       missing || asked.code == "attachment-missing"});
      }
    }
  }
  return all;
}

/// Completeness counts the rows that hold something; the page counts all. Gives the input of that row.
std::string ApplicationForm::row_input(const FormDefinition& part, const std::string& prefix,
                                       const std::string& field) const {
  const std::size_t open = field.find('[');
  const std::size_t close = field.find(']');
  const std::string list = field.substr(0, open);
  const Field* definition_of_list = part.find(list);
  if (open == std::string::npos || close == std::string::npos || definition_of_list == nullptr)
    return prefix + "." + field;
  const std::size_t wanted = static_cast<std::size_t>(std::strtoul(field.c_str() + open + 1, nullptr, 10));
  std::set<std::size_t> filled;
  const std::string start = prefix + "." + list + ".";
  for (const auto& [name, value] : state_.typed) {
    if (name.starts_with(start) && !trim(value).empty()) {
      filled.insert(static_cast<std::size_t>(std::strtoul(name.c_str() + start.size(), nullptr, 10)));
    }
  }
  std::size_t row = wanted;
  if (wanted < filled.size()) row = *std::next(filled.begin(), static_cast<std::ptrdiff_t>(wanted));
  std::string rest = close + 1 < field.size() ? field.substr(close + 1) : std::string();
  if (rest.empty() && !definition_of_list->fields.empty())
    rest = "." + definition_of_list->fields.front().name;
  return start + std::to_string(row) + rest;
}

std::string ApplicationForm::input_of(const Asked& asked, const std::string& type) const {
  const std::string base = asked.field.substr(0, asked.field.find_first_of("[."));
  if (common().find(base) != nullptr) return row_input(common(), "common", asked.field);
  if (common().attachment(base) != nullptr) return "common/" + base;
  if (definition(type)->attachment(base) != nullptr) return type + "/" + base;
  return row_input(*definition(type), type, asked.field);
}

std::vector<ApplicationForm::Finding> ApplicationForm::findings_of(const Error& error) const {
  std::vector<Finding> all;
  for (const FieldError& each : error.fields) {
    std::string name = each.field;
    if (name.starts_with("requests[")) {
      const std::size_t index = static_cast<std::size_t>(std::strtoul(name.c_str() + 9, nullptr, 10));
      const std::size_t fields = name.find("].fields.");
      if (index < state_.types.size() && fields != std::string::npos) {
        name = row_input(*definition(state_.types[index]), state_.types[index], name.substr(fields + 9));
      }
    } else if (name.starts_with("common.")) {
      name = row_input(common(), "common", name.substr(7));
    }
    all.push_back(
        {name,
         visit_.say("Dit antwoord kunnen we zo niet aannemen. Is het te lang, of staan er vreemde tekens in?",
                    "We cannot take this answer as it is. Is it too long, or does it hold odd characters?"),
         false});
  }
  return all;
}

bool ApplicationForm::conversation_unknown() const {
  const bool conversation = state_.channel == "counter" || state_.channel == "phone";
  return conversation && web_value(state_.typed, "gesprek").empty();
}

void ApplicationForm::mark(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) state_.problems.try_emplace(finding.name, finding.text);
}

std::vector<pipeline::Attachment> ApplicationForm::attachments_for(const std::string& type) const {
  std::vector<pipeline::Attachment> all;
  for (const TrayFile& file : files()) {
    if (file.part != type && file.part != "common") continue;
    all.push_back({.kind = file.kind,
                   .file_name = file.name,
                   .media_type = file.media_type,
                   .bytes = file.bytes,
                   .iban = compact_upper(file.row_key),
                   .period_from = file.period_from,
                   .period_to = file.period_to});
  }
  return all;
}

pipeline::IncomingSubmission ApplicationForm::submission() const {
  pipeline::IncomingSubmission incoming;
  incoming.municipality = visit_.municipality().id;
  incoming.channel = state_.channel;
  incoming.language = state_.language;
  const Value all_common = part_answers(common(), "common");
  const Value canonical_common = answers_of(common(), "common", state_.typed);
  const Value nothing = Value::object();
  incoming.common = only_applicable(common(), all_common,
                                    {.common = &canonical_common, .fields = &nothing, .types = state_.types});
  Value requests = Value::list();
  for (const std::string& type : state_.types) {
    pipeline::IncomingRequest request;
    request.type = type;
    const Value canonical = answers_of(*definition(type), type, state_.typed);
    request.fields =
        only_applicable(*definition(type), part_answers(*definition(type), type),
                        {.common = &canonical_common, .fields = &canonical, .types = state_.types});
    request.attachments = attachments_for(type);
    Value files = Value::list();
    for (const pipeline::Attachment& file : request.attachments) {
      files.push(Value::object({{"kind", file.kind},
                                {"fileName", file.file_name},
                                {"mediaType", file.media_type},
                                {"content", visit_.services().vault.commitment("file", file.bytes)},
                                {"iban", file.iban},
                                {"periodFrom", file.period_from},
                                {"periodTo", file.period_to}}));
    }
    requests.push(
        Value::object({{"type", type}, {"fields", request.fields}, {"attachments", std::move(files)}}));
    incoming.requests.push_back(std::move(request));
  }
  incoming.idempotency_key = "form:" + key_;
  // What browsers post differs in its boundary each time; what was said does not.
  incoming.body = to_json(Value::object({{"municipality", incoming.municipality},
                                         {"channel", incoming.channel},
                                         {"language", incoming.language},
                                         {"common", incoming.common},
                                         {"requests", std::move(requests)}}));
  return incoming;
}

/// Beside the files of a question that is not done yet: what of it is still missing.
void ApplicationForm::add_still_missing(Value& attachments) const {
  const std::vector<Finding> all = findings();
  Value marked = Value::list();
  for (Value view : attachments.items()) {
    const std::string& name = view["attachmentName"].text_or_empty();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Finding& one) { return one.name == name; });
    const bool shown = view["hasFiles"].as_bool().value_or(false) && !state_.problems.contains(name);
    view.set("stillMissing", shown && found != all.end() ? found->text : std::string());
    marked.push(std::move(view));
  }
  attachments = std::move(marked);
}

Value ApplicationForm::view() const {
  Value parts = Value::list();
  Value attachments = Value::list();
  Value types = Value::list();
  std::string query;
  const std::vector<TrayFile> kept = files();
  const auto add_attachments = [&](const FormDefinition& part, const std::string& prefix) {
    const Value views = attachments_view(common(), part, prefix, state_, kept);
    for (const Value& view : views.items()) attachments.push(view);
  };
  parts.push(part_view(common(), common(), "common", state_));
  for (const std::string& type : state_.types) {
    parts.push(part_view(common(), *definition(type), type, state_));
    types.push(type);
    query += "&type=" + type;
    add_attachments(*definition(type), type);
  }
  add_attachments(common(), "common");
  if (!kept.empty()) add_still_missing(attachments);
  return Value::object({{"parts", std::move(parts)},
                        {"hasAttachments", !attachments.items().empty()},
                        {"attachments", std::move(attachments)},
                        {"chosenTypes", std::move(types)},
                        {"typesQuery", query},
                        {"formKey", key_},
                        {"fileCount", std::to_string(kept.size())},
                        {"byPhone", state_.channel == "phone"},
                        {"atCounter", web_value(state_.typed, "gesprek") == "balie"},
                        {"lostFiles", lost_files_}});
}

}  // namespace softbot::web
