#pragma once

#include <string>

#include "ocr/worker/document_channel.h"

namespace softbot::ocr {

class Recogniser;

/// One file from its bytes to its pages, told page by page as they are read: see ReadDocument.
void read_document(const std::string& bytes, Recogniser& recogniser, DocumentChannel& channel);

/// The same without reading anything: see Reader::look().
void look_at_document(const std::string& bytes, DocumentChannel& channel);

}  // namespace softbot::ocr
