#pragma once

#include <functional>
#include <string>

#include "ocr/worker/document_channel.h"
#include "ocr/worker/sandbox.h"

namespace softbot::ocr {

/// What to do with a document: read it, or only look at it.
enum class DocumentTask { read, look };

/// Reads one document and tells what it finds, in a process of its own that is locked in already. Ends with
/// end() or refused(); std::bad_alloc may come out of it.
using ReadDocument =
    std::function<void(const std::string& bytes, DocumentTask task, DocumentChannel& channel)>;

struct ServeOptions {
  std::string version;  ///< what reads: told to the starter
  SandboxLimits limits;
  FontFiles fonts;
};

/// The parent process: answers the starter on `control` (ocr/protocol/control.h) until that is closed; forks
/// one child per document, which is ended with the parent. Never looks at a document. Returns the exit status
/// of the program. Needs a process of one thread.
[[nodiscard]] int serve(int control, const ServeOptions& options, const ReadDocument& read);

}  // namespace softbot::ocr
