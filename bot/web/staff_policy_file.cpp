#include <algorithm>
#include <vector>

#include "http/page_headers.h"
#include "http/problem.h"
#include "pipeline/policy_findings.h"
#include "web/assets.h"
#include "web/drawing_check.h"
#include "web/policy_pages.h"
#include "web/policy_view.h"

/// One file of a version: to look at, to download, and to save changed as a new draft - typed, drawn or
/// uploaded.
namespace softbot::web {
namespace {

constexpr std::uint64_t readers = http::role::administrator | http::role::auditor;
constexpr std::size_t file_form_bytes = std::size_t{12} << 20;  ///< the text may come with its escapes

struct FileOfVersion {
  pipeline::PolicyVersion version;
  std::string name;
};

Result<FileOfVersion> file_of(const Visit& visit, const http::PathParameters& path) {
  auto version = pipeline::policy_version(visit.services(), path["version"]);
  if (!version) return fail(version.error());
  if (!version->files.contains(path["file"]))
    return fail(ErrorCode::not_found, "Deze versie heeft dit bestand niet.");
  return FileOfVersion{*std::move(version), path["file"]};
}

/// dmn-js, where it was built in: its script and style on this page alone. The mark that its licence asks to
/// keep has its looks in style attributes, which no nonce can allow.
void load_drawing(Value& context) {
  context.set("isDrawn", true);
  context.set("ownStyle", asset_address("dmn", ".css"));
  context.set("ownScript", asset_address("dmn", ".js"));
  context.set("licences", asset_address("licences", ".txt"));
}

void allow_style_attributes(http::Response& response) {
  const std::string policy(response.headers.get("Content-Security-Policy"));
  response.headers.set("Content-Security-Policy", policy + "; style-src-attr 'unsafe-inline'");
}

std::string in_one_line(const std::vector<std::string>& parts) {
  std::string line;
  for (const auto& part : parts) line += (line.empty() ? "" : ", ") + part;
  return line;
}

/// Of what the version has, what a drawing that is sent would have lost.
std::vector<std::string> lost_by_drawing(const FileOfVersion& file, const std::string& drawn) {
  std::vector<std::string> lost = not_drawable(file.version.files.at(file.name));
  const std::vector<std::string> kept = not_drawable(drawn);
  std::erase_if(lost, [&](const std::string& one) { return std::ranges::find(kept, one) != kept.end(); });
  return lost;
}

/// What the page shows: the file, or what somebody sent that was refused; nothing of it is lost.
struct Sent {
  std::string text;
  std::string why = {};
  Error problem = {};
  std::vector<DraftFinding> findings = {};  ///< of the check, when that refused it
};

http::Response show_file(const Visit& visit, const FileOfVersion& file, const Sent& sent) {
  const Error& problem = sent.problem;
  const auto address = policy_address(file.version.record.version) + "/bestand/" + file.name;
  Value context = Value::object();
  add_version_names(context, file.version.record);
  context.set("file", file.name);
  context.set("fileAddress", address);
  context.set("download", address + "/download");
  context.set("text", sent.text);
  context.set("why", sent.why);
  context.set("isParameters", file.name == "parameters.json");
  context.set("refusal", refusal_to_change(visit));
  context.set("mayChange", refusal_to_change(visit).empty());
  const bool may_be_drawn =
      file.name.ends_with(".dmn") && refusal_to_change(visit).empty() && !asset_address("dmn", ".js").empty();
  const std::string not_drawn = may_be_drawn ? in_one_line(not_drawable(sent.text)) : std::string();
  const bool drawn = may_be_drawn && not_drawn.empty();
  context.set("notDrawn", not_drawn);
  if (drawn) load_drawing(context);
  Frame frame;
  frame.title = file.name;
  frame.audience = Audience::staff;
  frame.menu = "policy";
  if (!problem.message.empty()) {
    const bool of_why = problem.fields.size() == 1 && problem.fields.front().field == "why";
    if (!of_why) add_refusal(context, problem, sent.findings);
    add_summary(context, "nl", {{of_why || problem.fields.empty() ? "why" : "refused", problem.message}});
    frame.with_errors = true;
  }
  http::Response response = visit.show(frame.with_errors ? http::status_of(problem.code) : 200,
                                       "staff/policy_file", frame, std::move(context));
  if (drawn) allow_style_attributes(response);
  return response;
}

/// Whether a file was refused for its bytes: then there is no text to show.
bool is_no_text(const Error& error) {
  return std::ranges::any_of(error.fields, [](const FieldError& one) {
    return one.code == "file-too-large" || one.code == "not-utf8";
  });
}

/// A file that was chosen wins from the text, which the page always sends along.
http::Response save_file(Visit& visit, const http::PathParameters& path) {
  // How large a file of the policy may be is for its check to say, which loses nothing that was typed.
  const auto posted = posted_form(visit.request(), {.value_bytes = visit.request().body.size()});
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto file = file_of(visit, path);
  if (!file) return policy_problem(visit, file.error());
  const bool is_upload = !posted->files.empty();
  std::string text = web_value(posted->typed, "text");
  std::erase(text, '\r');  // a browser ends the lines of a text field with CR LF, whatever the file has
  pipeline::PolicyChange change;
  change.base = file->version.record.version;
  change.files[file->name] = is_upload ? posted->files.front().content : text;
  change.why = posted->get("why");
  const bool is_drawn = !is_upload && posted->get("drawn") == "yes";
  const auto lost = is_drawn ? lost_by_drawing(*file, text) : std::vector<std::string>();
  if (!lost.empty()) {
    return show_file(visit, *file,
                     {file->version.files.at(file->name), change.why,
                      Error{ErrorCode::invalid_input,
                            "De tekening is niet bewaard: er zou iets verdwijnen, namelijk " +
                                in_one_line(lost) + ". Bewerk het bestand als tekst.",
                            false,
                            {}}});
  }
  const auto proposed = pipeline::propose_policy(visit.services(), policy_editor(visit), change);
  if (proposed) return to_draft(*proposed);
  const Error& refused = proposed.error();
  if (is_upload && !is_no_text(refused)) text = posted->files.front().content;
  return show_file(visit, *file,
                   {std::move(text), change.why, refused, pipeline::findings_of(visit.services(), change)});
}

http::Response download_file(Visit& visit, const http::PathParameters& path) {
  const auto file = file_of(visit, path);
  if (!file) return policy_problem(visit, file.error());
  http::Response response =
      http::bytes_response(file->name.ends_with(".dmn") ? "application/xml" : "application/json",
                           file->version.files.at(file->name));
  response.headers.add("Content-Disposition", http::attachment_disposition(file->name));
  http::add_common_headers(visit.request(), response);
  return response;
}

}  // namespace

void add_policy_file_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  const std::string pattern = "/staff/beleid/{version}/bestand/{file}";
  add_page(router, site, Method::get, pattern, readers, [](Visit& visit, const http::PathParameters& path) {
    const auto file = file_of(visit, path);
    if (!file) return policy_problem(visit, file.error());
    return show_file(visit, *file, {file->version.files.at(file->name)});
  });
  add_page(router, site, Method::post, pattern, http::role::administrator, save_file, file_form_bytes);
  add_page(router, site, Method::get, pattern + "/download", readers, download_file);
}

}  // namespace softbot::web
