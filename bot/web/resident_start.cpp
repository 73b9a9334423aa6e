#include "forms/catalogue.h"
#include "web/shared_views.h"
#include "web/site.h"

namespace softbot::web {
namespace {

http::Response start(Visit& visit, const http::PathParameters&) {
  Frame frame;
  frame.title = visit.say("Waarbij hebt u hulp nodig?", "What do you need help with?");
  frame.menu = "start";
  Value context = Value::object({{"types", types_view(visit)},
                                 {"signedIn", visit.identity().kind == http::Identity::Kind::resident},
                                 {"otherMunicipalities", visit.configuration().municipalities->size() > 1},
                                 {"municipalities", municipalities_view(visit, {})}});
  add_support(context, visit);
  int status = 200;
  if (visit.request().query.contains("kies")) {
    const std::string text = visit.say("Kies minstens één ding dat u wilt aanvragen.",
                                       "Choose at least one thing that you want to apply for.");
    context.set("typeError", text);
    add_summary(context, visit.language(), {{"type-0", text}});
    frame.with_errors = true;
    status = 422;
  }
  return visit.show(status, "resident/start", frame, std::move(context));
}

PageHandler text_page(const char* page, const char* dutch, const char* english) {
  return [page, dutch, english](Visit& visit, const http::PathParameters&) {
    Frame frame;
    frame.title = visit.say(dutch, english);
    return visit.show(200, page, frame, Value::object());
  };
}

}  // namespace

void add_start_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  const auto get = [&](const char* pattern, PageHandler handler) {
    add_page(router, site, http::Method::get, pattern, http::role::anyone, std::move(handler));
  };
  get("/", start);
  get("/computer",
      text_page("resident/computer", "Hoe beslist de computer?", "How does the computer decide?"));
  get("/privacy", text_page("resident/privacy", "Privacy", "Privacy"));
  get("/toegankelijkheid", text_page("resident/accessibility", "Toegankelijkheid", "Accessibility"));
}

}  // namespace softbot::web
