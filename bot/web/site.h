#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "domain/value.h"
#include "web/pages.h"
#include "web/upload_tray.h"

namespace softbot::web {

/// What all pages share; lives as long as the routes. Thread-safe.
struct Site {
  Site(const Services& all_services, http::Gatekeeper* keeper, PageOptions page_options)
      : services(all_services), gatekeeper(keeper), options(std::move(page_options)) {}
  const Services& services;
  http::Gatekeeper* gatekeeper;  ///< null only for error pages
  PageOptions options;
  UploadTray tray;
};

enum class Audience { residents, staff };

/// What stands around a page's own content.
struct Frame {
  std::string title;  ///< in the page's language
  Audience audience = Audience::residents;
  std::string menu;          ///< which entry of the menu this is: "start", "queue", ...
  bool with_errors = false;  ///< the title begins with "Fout:"
  std::string
      language_form;  ///< id of the form that the language buttons post, so that nothing typed is lost
};

/// One request on its way to a page: language, municipality, who asks. Lives during the request.
class Visit {
 public:
  Visit(const Site& site, const http::Request& request);

  [[nodiscard]] const Site& site() const { return site_; }
  [[nodiscard]] const Services& services() const { return site_.services; }
  [[nodiscard]] const http::Request& request() const { return request_; }
  [[nodiscard]] const Configuration& configuration() const { return *configuration_; }
  /// "nl" or "en".
  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] bool english() const { return language_ == "en"; }
  /// The text in the visitor's language.
  [[nodiscard]] std::string say(std::string_view dutch, std::string_view in_english) const {
    return std::string(english() ? in_english : dutch);
  }
  [[nodiscard]] const Municipality& municipality() const { return *municipality_; }
  /// Shows this municipality instead, when it exists.
  void choose_municipality(std::string_view id);
  /// "nl" or "en" from now on, also for later pages; anything else changes nothing.
  void choose_language(std::string_view language);
  [[nodiscard]] const http::Identity& identity() const { return identity_; }

  /// The whole page. Members of `context` are the names of the template.
  [[nodiscard]] http::Response show(int status, std::string_view page, const Frame& frame,
                                    Value context) const;
  /// A page with one message and a way on; for what cannot be done.
  [[nodiscard]] http::Response message(int status, const std::string& title, const std::string& text,
                                       Audience audience = Audience::residents) const;
  /// An error in the words of its code; the message of our own mistakes stays in the log.
  [[nodiscard]] http::Response sorry(const Error& error, Audience audience = Audience::residents) const;

 private:
  [[nodiscard]] Value frame_context(const Frame& frame, const std::string& nonce) const;
  void remember(http::Response& response) const;

  const Site& site_;
  const http::Request& request_;
  std::shared_ptr<const Configuration> configuration_;
  std::string language_;
  bool language_chosen_ = false;
  const Municipality* municipality_ = nullptr;
  http::Identity identity_;
};

/// Wraps a page handler: makes the Visit, and turns an escaping Error into a page.
using PageHandler = std::function<http::Response(Visit&, const http::PathParameters&)>;
/// Adds a route for a page.
void add_page(http::Router& router, const std::shared_ptr<const Site>& site, http::Method method,
              std::string pattern, std::uint64_t roles, PageHandler handler,
              std::size_t body_limit = http::default_body_limit);

// The groups of pages; add_pages() calls them all.
void add_start_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_policy_page(http::Router& router, const std::shared_ptr<const Site>& site);
void add_paper_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_form_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_case_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_sign_in_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_sign_on_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_queue_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_staff_case_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_mail_room_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_scan_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_incoming_post_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_safeguard_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_account_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_management_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_assets(http::Router& router);

}  // namespace softbot::web
