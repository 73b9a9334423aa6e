#include <algorithm>

#include "forms/catalogue.h"
#include "forms/paper_known.h"
#include "http/multipart.h"
#include "http/page_headers.h"
#include "pipeline/paper.h"
#include "web/known_answers.h"
#include "web/site.h"

namespace softbot::web {
namespace {

constexpr std::string_view suffix = ".pdf";
constexpr std::size_t most_types = 10;

/// The types in the address, each once.
std::vector<std::string> types_of(const http::Request& request, std::string first) {
  std::vector<std::string> types;
  if (!first.empty()) types.push_back(std::move(first));
  for (const std::string_view type : request.query.all("type")) {
    if (std::ranges::find(types, type) == types.end()) types.emplace_back(type);
  }
  return types;
}

/// GET /forms: what the start page's button asks for, on to the form of these types.
http::Response choose(Visit& visit, const http::PathParameters&) {
  const std::vector<std::string> types = types_of(visit.request(), "");
  if (types.empty()) return http::see_other("/?kies=1");
  std::string place = "/forms/" + http::percent_encoded(types.front()) + std::string(suffix) +
                      "?gemeente=" + http::percent_encoded(visit.municipality().id);
  for (std::size_t i = 1; i < std::min(types.size(), most_types); ++i)
    place += "&type=" + http::percent_encoded(types[i]);
  if (visit.request().query.get("known") == "1") place += "&known=1";
  return http::see_other(place);
}

/// GET /forms/<type>.pdf
http::Response print(Visit& visit, const http::PathParameters& parameters) {
  std::string file(parameters["file"]);
  if (file.size() <= suffix.size() || !file.ends_with(suffix))
    return visit.sorry(Error{ErrorCode::not_found, "", false, {}});
  file.resize(file.size() - suffix.size());
  const bool with_known = visit.request().query.get("known") == "1";
  if (with_known && visit.identity().kind != http::Identity::Kind::resident)
    return visit.sorry(Error{ErrorCode::unauthenticated, "", false, {}});
  KnownAnswers known;
  if (with_known) known.common = known_of(visit).common;
  const pipeline::PaperChoice choice{visit.municipality().id, types_of(visit.request(), file),
                                     visit.language()};
  auto pdf = pipeline::print_paper(visit.services(), choice, known);
  if (!pdf) return visit.sorry(pdf.error());
  return http::bytes_response("application/pdf", std::move(*pdf))
      .with("Content-Disposition", "inline; filename=\"" + choice.types.front() + ".pdf\"");
}

}  // namespace

void add_paper_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  add_page(router, site, http::Method::get, "/forms", http::role::anyone, choose);
  add_page(router, site, http::Method::get, "/forms/{file}", http::role::anyone, print);
}

}  // namespace softbot::web
