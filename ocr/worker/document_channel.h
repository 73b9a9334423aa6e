#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "forms/geometry/reading_template.h"
#include "ocr/protocol/frame.h"
#include "ports/reader.h"

namespace softbot::ocr {

/// The child's side of the socket of one document. Ends the process when the other side is gone: nobody would
/// hear the rest. Not thread-safe.
class DocumentChannel {
 public:
  explicit DocumentChannel(int socket) : socket_(socket) {}

  void opened(int pages);
  /// A page whose images are larger than a frame goes without them, as too-large.
  void page(ReadPage page);
  void refused(std::string_view code, std::string_view message);
  void end();
  /// Asks the starter, once for each geometry.
  [[nodiscard]] std::optional<FormGeometry> find_geometry(const PageCode& code);
  /// Asks the starter. Once, after opened().
  [[nodiscard]] ReadingTemplates reading_templates();

 private:
  void send(FrameKind kind, std::string_view payload);
  [[nodiscard]] Frame receive();
  [[nodiscard]] std::optional<Value> ask(FrameKind question, std::string_view payload);

  int socket_;
  FrameParser parser_;
  std::map<std::string, std::optional<FormGeometry>> known_;
};

}  // namespace softbot::ocr
