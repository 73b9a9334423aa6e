#pragma once

#include <string>

#include "ocr/worker/document_channel.h"

namespace softbot::ocr {

class Recogniser;

/// One file from its bytes to its pages, told page by page as they are read: see ReadDocument.
void read_document(const std::string& bytes, Recogniser& recogniser, DocumentChannel& channel);

}  // namespace softbot::ocr
