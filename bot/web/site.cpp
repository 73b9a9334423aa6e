#include "web/site.h"

#include <array>
#include <cstdio>

#include "domain/text.h"
#include "http/cookie.h"
#include "http/multipart.h"
#include "http/page_headers.h"
#include "http/problem.h"
#include "web/assets.h"
#include "web/template_engine.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::string_view language_cookie = "softbot-taal";
constexpr std::string_view municipality_cookie = "softbot-gemeente";

std::string chosen_language(const http::Request& request) {
  if (!request.segments.empty() && request.segments.front() == "staff") {
    return "nl";
  }
  const std::string_view asked = request.query.get("lang");
  if (asked == "en" || asked == "nl") {
    return std::string(asked);
  }
  return http::find_cookie(request.headers, language_cookie).value_or("nl") == "en" ? "en" : "nl";
}

const Municipality* first_municipality(const Configuration& configuration, const std::string& preferred) {
  const Municipalities& all = *configuration.municipalities;
  const auto found = all.find(preferred);
  if (found != all.end()) {
    return &found->second;
  }
  return all.empty() ? nullptr : &all.begin()->second;
}

struct Rgb {
  int red = 0x15;
  int green = 0x42;
  int blue = 0x73;
};

Rgb rgb_of(const std::string& colour) {
  unsigned value = 0;
  if (colour.size() != 7 || std::sscanf(colour.c_str(), "#%6x", &value) != 1) {
    return {};
  }
  return {static_cast<int>(value >> 16U & 255U), static_cast<int>(value >> 8U & 255U),
          static_cast<int>(value & 255U)};
}

/// `share` percent of the other colour mixed in.
std::string mixed(const Rgb& colour, int other, int share) {
  const auto one = [&](int part) { return (part * (100 - share) + other * share) / 100; };
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "#%02x%02x%02x", static_cast<unsigned>(one(colour.red)) & 255U,
                static_cast<unsigned>(one(colour.green)) & 255U,
                static_cast<unsigned>(one(colour.blue)) & 255U);
  return text.data();
}

/// The municipality's colour as design tokens.
std::string accent_tokens(const std::string& colour) {
  const Rgb rgb = rgb_of(colour);
  return ".softbot-theme{--softbot-accent:" + mixed(rgb, 0, 0) +
         ";--softbot-accent-dark:" + mixed(rgb, 0, 28) + ";--softbot-accent-line:" + mixed(rgb, 255, 75) +
         ";--softbot-accent-tint:" + mixed(rgb, 255, 91) + "}";
}

Value municipality_context(const Municipality& municipality) {
  return Value::object({{"id", municipality.id},
                        {"name", municipality.name},
                        {"display", municipality.display},
                        {"phone", municipality.phone},
                        {"email", municipality.email},
                        {"website", municipality.website},
                        {"openingHours", municipality.opening_hours},
                        {"street", municipality.letterhead.street},
                        {"postcode", municipality.letterhead.postcode},
                        {"town", municipality.letterhead.town}});
}

struct MenuEntry {
  const char* id;
  const char* address;
  const char* label;
  std::uint64_t roles;
};

constexpr std::array<MenuEntry, 9> staff_menu{{
    {"queue", "/staff", "Werkvoorraad", http::role::consultant | http::role::administrator},
    {"counter", "/staff/balie", "Balie", http::role::clerk},
    {"post", "/staff/post", "Post", http::role::mail_room},
    {"scans", "/staff/scans", "Scans", http::role::mail_room},
    {"incoming", "/staff/binnengekomen", "Binnengekomen",
     http::role::mail_room | http::role::clerk | http::role::consultant},
    {"manage", "/staff/beheer", "Beheer", http::role::administrator},
    {"policy", "/staff/beleid", "Beleid", http::role::administrator | http::role::auditor},
    {"figures", "/staff/cijfers", "Cijfers", http::role::administrator | http::role::auditor},
    {"audit", "/staff/logboek", "Logboek", http::role::auditor},
}};

Value menu_of(const Frame& frame, std::uint64_t roles) {
  Value menu = Value::list();
  for (const MenuEntry& entry : staff_menu) {
    if ((roles & entry.roles) != 0) {
      menu.push(Value::object(
          {{"address", entry.address}, {"label", entry.label}, {"current", frame.menu == entry.id}}));
    }
  }
  return menu;
}

/// The page's own address for switching language: only what a GET can show again.
std::string language_address(const http::Request& request, std::string_view language) {
  std::string address = request.method == http::Method::get && !request.segments.empty() ? "" : "/";
  if (address.empty()) {
    for (const std::string& segment : request.segments) {
      address += "/" + http::percent_encoded(segment);
    }
  }
  address += "?";
  if (request.method == http::Method::get) {
    for (const auto& [name, value] : request.query.pairs()) {
      if (name != "lang") {
        address += http::percent_encoded(name) + "=" + http::percent_encoded(value) + "&";
      }
    }
  }
  return address + "lang=" + std::string(language);
}

}  // namespace

Visit::Visit(const Site& site, const http::Request& request)
    : site_(site),
      request_(request),
      configuration_(site.services.configuration()),
      language_(chosen_language(request)) {
  if (request.identity.has_value()) {
    identity_ = http::identity_of(request);
  }
  municipality_ = first_municipality(*configuration_, site.options.default_municipality);
  if (municipality_ == nullptr) {
    throw std::logic_error("pages need at least one municipality");
  }
  choose_municipality(http::find_cookie(request.headers, municipality_cookie).value_or(""));
  choose_municipality(request.query.get("gemeente"));
}

void Visit::choose_municipality(std::string_view id) {
  const auto found = configuration_->municipalities->find(id);
  if (found != configuration_->municipalities->end()) {
    municipality_ = &found->second;
  }
}

void Visit::choose_language(std::string_view language) {
  if (language == "nl" || language == "en") {
    language_ = std::string(language);
    language_chosen_ = true;
  }
}

void Visit::remember(http::Response& response) const {
  const auto keep = [&](std::string_view name, const std::string& value) {
    http::Cookie cookie;
    cookie.name = std::string(name);
    cookie.value = value;
    cookie.max_age = std::chrono::hours(24 * 180);
    cookie.same_site = http::SameSite::lax;
    cookie.secure = request_.secure;
    response.headers.add("Set-Cookie", http::set_cookie(cookie));
  };
  if (language_chosen_ || request_.query.contains("lang")) {
    keep(language_cookie, language_);
  }
  if (request_.query.contains("gemeente")) {
    keep(municipality_cookie, municipality_->id);
  }
}

Value Visit::frame_context(const Frame& frame, const std::string& nonce) const {
  const bool staff = frame.audience == Audience::staff;
  const bool staff_signed_in = identity_.kind == http::Identity::Kind::staff;
  const std::string language = staff ? "nl" : language_;
  return Value::object({{"title", frame.title},
                        {"withErrors", frame.with_errors},
                        {"language", language},
                        {"nl", language != "en"},
                        {"en", language == "en"},
                        {"otherLanguage", language == "en" ? "nl" : "en"},
                        {"languageAddress", language_address(request_, language == "en" ? "nl" : "en")},
                        {"languageForm", frame.language_form},
                        {"nonce", nonce},
                        {"accent", accent_tokens(municipality_->accent_colour)},
                        {"style", asset_address("site", ".css")},
                        {"script", asset_address("site", ".js")},
                        {"municipality", municipality_context(*municipality_)},
                        {"demo", site_.options.demo},
                        {"staff", staff},
                        {"residents", !staff},
                        {"staffSignedIn", staff && staff_signed_in},
                        {"residentSignedIn", !staff && identity_.kind == http::Identity::Kind::resident},
                        {"displayName", identity_.display_name},
                        {"csrf", identity_.csrf},
                        {"menu", menu_of(frame, identity_.roles)},
                        {"atStart", frame.menu == "start"},
                        {"atMine", frame.menu == "mine"},
                        {"atCase", frame.menu == "case"}});
}

http::Response Visit::show(int status, std::string_view page, const Frame& frame, Value context) const {
  const std::string nonce = http::new_nonce();
  Value whole = frame_context(frame, nonce);
  for (const Value::Member& member : context.members()) {
    whole.set(member.name, member.value);
  }
  whole.set("content", render(page, whole));
  http::Response response = http::html_response(status, render("layout", whole));
  http::add_page_headers(request_, response, {.nonce = nonce, .no_store = true});
  remember(response);
  return response;
}

http::Response Visit::message(int status, const std::string& title, const std::string& text,
                              Audience audience) const {
  Frame frame;
  frame.title = title;
  frame.audience = audience;
  return show(status, "message", frame, Value::object({{"heading", title}, {"text", text}}));
}

http::Response Visit::sorry(const Error& error, Audience audience) const {
  const ErrorWords words = words_of(error, audience == Audience::staff ? "nl" : language_);
  return message(http::status_of(error.code), words.title, words.text, audience);
}

void add_page(http::Router& router, const std::shared_ptr<const Site>& site, http::Method method,
              std::string pattern, std::uint64_t roles, PageHandler handler, std::size_t body_limit) {
  http::Route route;
  route.method = method;
  route.pattern = std::move(pattern);
  route.access.roles = roles;
  route.body_limit = body_limit;
  route.handler = [site, handler = std::move(handler)](const http::Request& request,
                                                       const http::PathParameters& parameters) {
    Visit visit(*site, request);
    return handler(visit, parameters);
  };
  router.add(std::move(route));
}

}  // namespace softbot::web
