#include "web/shared_views.h"

#include <algorithm>
#include <array>

#include "domain/money.h"
#include "domain/zone.h"
#include "forms/catalogue.h"
#include "http/page_headers.h"
#include "pipeline/incoming_post.h"
#include "queue/claims.h"
#include "web/words.h"

namespace softbot::web {
namespace {

struct GrantWord {
  const char* name;
  const char* nl;
  const char* en;
};

constexpr std::array<GrantWord, 9> grant_words{
    {{"minutesPerWeek", "Minuten per week", "Minutes a week"},
     {"aid", "Hulpmiddel", "Aid"},
     {"from", "Vanaf", "From"},
     {"until", "Tot en met", "Up to and including"},
     {"provider", "Aanbieder", "Provider"},
     {"provisionForm", "Vorm", "Form"},
     {"note", "Opmerking", "Note"},
     {"contribution", "Eigen bijdrage", "Own contribution"},
     {"contributionCents", "Eigen bijdrage per maand (int het CAK)",
      "Own contribution a month (collected by the CAK)"}}};

std::string grant_text(const std::string& name, const Value& value, std::string_view language) {
  if (name == "contributionCents") {
    return value.as_integer() ? format_euro(Cents{*value.as_integer()}) : std::string();
  }
  if (name == "provisionForm")
    return value.is_text() ? provision_form_words(value.text_or_empty(), language) : std::string();
  if (name == "from" || name == "until") return date_words(value.text_or_empty(), language);
  if (value.is_object()) return value["name"].text_or_empty();
  if (const Number* number = value.as_number()) return number->text;
  return value.text_or_empty();
}

void add_part(Value& list, const FormDefinition& definition, const Value& answers,
              std::string_view language) {
  for (const Section& section : definition.sections) {
    Value lines = Value::list();
    for (const Field& field : section.fields) {
      std::string words = answer_words(field, answers[field.name], language);
      if (!words.empty()) {
        lines.push(Value::object({{"question", field.label.in(language)}, {"answer", std::move(words)}}));
      }
    }
    if (!lines.items().empty()) {
      list.push(Value::object({{"copyTitle", section.title.in(language)}, {"answers", std::move(lines)}}));
    }
  }
}

}  // namespace

Value types_view(const Visit& visit) {
  Value list = Value::list();
  const Catalogue& forms = *visit.configuration().forms;
  for (const std::string& type : forms.types(visit.municipality().id)) {
    const FormDefinition* definition = forms.find(type, visit.municipality().id);
    if (definition == nullptr) continue;
    list.push(Value::object({{"type", type},
                             {"typeId", "type-" + std::to_string(list.items().size())},
                             {"typeTitle", definition->title.in(visit.language())},
                             {"typeIntro", definition->intro.in(visit.language())}}));
  }
  return list;
}

Value municipalities_view(const Visit& visit, const std::vector<std::string>& only) {
  Value list = Value::list();
  for (const auto& [id, municipality] : *visit.configuration().municipalities) {
    if (works_for(only, id)) {
      list.push(Value::object({{"municipalityId", id},
                               {"municipalityDisplay", municipality.display},
                               {"chosen", id == visit.municipality().id}}));
    }
  }
  return list;
}

void add_support(Value& context, const Visit& visit) {
  const ClientSupport& support = visit.municipality().client_support;
  context.set("supportText", support.text.in(visit.language()));
  context.set("supportName", support.name);
  context.set("supportPhone", support.phone);
  context.set("supportWebsite", support.website.starts_with("https://") ? support.website : std::string());
}

void add_summary(Value& context, std::string_view language, const std::vector<SummaryLine>& lines) {
  if (lines.empty()) return;
  Value problems = Value::list();
  for (const auto& [id, text] : lines) {
    problems.push(Value::object({{"problemId", id}, {"problemText", text}}));
  }
  context.set("hasProblems", true);
  if (!context.contains("summaryTitle")) {
    context.set("summaryTitle", language == "en" ? "There is a problem" : "Er gaat iets niet goed");
  }
  if (!context.contains("summaryText")) context.set("summaryText", "");
  if (!context.contains("onlyMissing")) context.set("onlyMissing", false);
  context.set("problems", std::move(problems));
}

std::string type_title(const Visit& visit, const std::string& type, const std::string& municipality) {
  if (type == pipeline::incoming_post_type) return "Binnengekomen post";
  const FormDefinition* definition = visit.configuration().forms->find(type, municipality);
  return definition == nullptr ? type : definition->title.in(visit.language());
}

Value answers_in_words(const Configuration& configuration, const std::string& type,
                       const std::string& municipality, const Value& common, const Value& fields,
                       std::string_view language) {
  Value list = Value::list();
  add_part(list, configuration.forms->common(), common, language);
  if (const FormDefinition* definition = configuration.forms->find(type, municipality)) {
    add_part(list, *definition, fields, language);
  }
  return list;
}

Value documents_view(const Value& documents, std::string_view language) {
  Value list = Value::list();
  for (const Value& document : documents.items()) {
    std::string title = document_words(document["kind"].text_or_empty(), language);
    if (title.empty() || language != "en") title = document["title"].text_or_empty();
    list.push(Value::object({{"documentId", document["id"].text_or_empty()},
                             {"documentTitle", title},
                             {"documentSize", size_words(document["bytes"].as_integer().value_or(0))},
                             {"documentDate", moment_words(document["created"].text_or_empty())}}));
  }
  return list;
}

void add_keeping(Value& context, const Visit& visit, const std::string& slot) {
  const http::Identity& identity = visit.identity();
  const bool signed_in = identity.kind == http::Identity::Kind::resident;
  context.set("keepSlot", slot);
  context.set("keepOwner", signed_in ? visit.services().vault.commitment("typed-answers", identity.account)
                                     : std::string());
}

Value grant_view(const Value& grant, const FormDefinition* form, std::string_view language) {
  Value list = Value::list();
  for (const GrantWord& word : grant_words) {
    const bool is_aid = std::string_view(word.name) == "aid";
    const Field* asked = is_aid && form != nullptr ? form->find(word.name) : nullptr;
    const std::string text = asked != nullptr ? answer_words(*asked, grant[word.name], language)
                                              : grant_text(word.name, grant[word.name], language);
    if (!text.empty()) {
      list.push(Value::object({{"key", language == "en" ? word.en : word.nl}, {"text", text}}));
    }
  }
  return list;
}

bool is_held_by_other(const Visit& visit, const Application& application) {
  return queue::is_claimed(application, visit.services().clock.now()) &&
         application.claim->account != visit.identity().account;
}

void add_claim(Value& context, const Visit& visit, const Application& application) {
  const bool claimed = queue::is_claimed(application, visit.services().clock.now());
  const bool by_other = is_held_by_other(visit, application);
  context.set("claimedBy", claimed ? application.claim->account : std::string());
  context.set("claimUntil", claimed ? format_dutch_local(application.claim->until) : std::string());
  context.set("claimedByMe", claimed && !by_other);
  context.set("claimedByOther", by_other);
}

http::Response document_response(const Visit& visit, const ApplicationReference& reference,
                                 const std::string& id, pipeline::Viewer viewer) {
  const auto opened = pipeline::open_document(visit.services(), reference, DocumentId(id), viewer);
  if (!opened) {
    return visit.sorry(opened.error(),
                       viewer == pipeline::Viewer::staff ? Audience::staff : Audience::residents);
  }
  const DocumentRecord& record = opened->record;
  // Only what browsers show safely is shown; all else is a download.
  const bool shown = record.media_type == "application/pdf" || record.media_type == "image/jpeg" ||
                     record.media_type == "image/png";
  std::string name = record.file_name;
  if (name.empty())
    name = record.kind + "-" + reference.text + (record.media_type == "application/pdf" ? ".pdf" : "");
  http::Response response =
      http::bytes_response(shown ? record.media_type : "application/octet-stream", opened->bytes);
  std::string disposition = http::attachment_disposition(name);
  if (shown) disposition.replace(0, std::string_view("attachment").size(), "inline");
  response.headers.add("Content-Disposition", disposition);
  // The browser's own PDF viewer needs styles of its own; these kinds hold no script.
  response.headers.add("Content-Security-Policy",
                       "frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  http::add_common_headers(visit.request(), response);
  return response;
}

std::string outcome_badge(std::string_view outcome) {
  if (outcome == "granted") return "safe";
  if (outcome == "granted-in-part" || outcome == "asked") return "warning";
  if (outcome == "refused" || outcome == "untreated") return "danger";
  return "neutral";
}

std::string safe_place(std::string_view wanted, std::string_view fallback) {
  const bool plain = !wanted.empty() && wanted.size() < 200 && wanted.front() != '/' &&
                     std::all_of(wanted.begin(), wanted.end(), [](unsigned char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              c == '-' || c == '/' || c == '?' || c == '=' || c == '&';
                     });
  return "/" + std::string(plain ? wanted : fallback);
}

}  // namespace softbot::web
