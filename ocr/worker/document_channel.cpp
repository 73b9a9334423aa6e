#include "ocr/worker/document_channel.h"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "domain/json.h"
#include "ports/read_page_bytes.h"

namespace softbot::ocr {
namespace {

constexpr int nobody_listens = 3;

}  // namespace

void DocumentChannel::send(FrameKind kind, std::string_view payload) {
  const std::string bytes = frame_bytes(kind, payload);
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t more = write(socket_, bytes.data() + sent, bytes.size() - sent);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) _exit(nobody_listens);
    sent += static_cast<std::size_t>(more);
  }
}

Frame DocumentChannel::receive() {
  std::array<char, 65'536> piece{};
  while (true) {
    auto frame = parser_.next();
    if (!frame) _exit(nobody_listens);
    if (*frame) return std::move(**frame);
    const ssize_t came = read(socket_, piece.data(), piece.size());
    if (came < 0 && errno == EINTR) continue;
    if (came <= 0) _exit(nobody_listens);
    parser_.feed({piece.data(), static_cast<std::size_t>(came)});
  }
}

void DocumentChannel::opened(int pages) {
  send(FrameKind::opened, std::to_string(pages));
}

void DocumentChannel::page(ReadPage page) {
  std::string bytes = to_bytes(page);
  if (bytes.size() > frame_limit(static_cast<std::uint8_t>(FrameKind::page))) {
    page.images.clear();
    page.readings.clear();
    page.problem = "too-large";
    bytes = to_bytes(page);
  }
  send(FrameKind::page, bytes);
}

void DocumentChannel::refused(std::string_view code, std::string_view message) {
  send(FrameKind::refused, to_json(Value::object({{"code", code}, {"message", message}})));
}

void DocumentChannel::end() {
  send(FrameKind::end, {});
}

std::optional<FormGeometry> DocumentChannel::find_geometry(const PageCode& code) {
  if (code.kind != PageCode::Kind::form) return std::nullopt;
  PageCode asked = code;  // every page and every print of one form has the same geometry
  asked.page = 1;
  const auto [known, is_new] = known_.try_emplace(to_text(asked) + " " + code.geometry);
  if (!is_new) return known->second;
  const auto value = ask(FrameKind::question, to_text(code));
  if (!value) return std::nullopt;
  auto geometry = geometry_from(*value);
  if (geometry) known->second = std::move(*geometry);
  return known->second;
}

ReadingTemplates DocumentChannel::reading_templates() {
  ReadingTemplates templates;
  const auto value = ask(FrameKind::template_question, {});
  if (!value) return templates;
  for (const Value& item : value->items()) {
    auto one = reading_template_from(item);
    if (one) templates.push_back(std::move(*one));
  }
  return templates;
}

std::optional<Value> DocumentChannel::ask(FrameKind question, std::string_view payload) {
  send(question, payload);
  const Frame answer = receive();
  if (answer.kind != FrameKind::answer) _exit(nobody_listens);
  if (answer.payload.empty()) return std::nullopt;
  auto value = parse_json(answer.payload, {std::size_t{8} << 20, 32, 2'000'000, 1'000});
  if (!value) return std::nullopt;
  return std::move(*value);
}

}  // namespace softbot::ocr
