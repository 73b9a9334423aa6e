// A reader whose documents are orders, a line each: what a child does that was taken over, or that fell ill.
// The sandbox around it, and the parent above it, are the real ones.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "ocr/worker/serve.h"

namespace {

using namespace softbot;
using namespace softbot::ocr;

/// The only thing that a document can leave behind in its process.
std::string remembered = "nothing";
std::vector<std::string> font_paths;

/// The child's only socket.
int socket_of_document() {
  for (int number = 0; number < 1'024; ++number) {
    struct stat about {};
    if (fstat(number, &about) == 0 && S_ISSOCK(about.st_mode)) return number;
  }
  return -1;
}

std::string outcome(long result) {
  return result >= 0 ? "allowed" : strerrorname_np(errno);
}

std::string open_descriptors() {
  int count = 0;
  for (int number = 0; number < 1'024; ++number) {
    struct stat about {};
    if (fstat(number, &about) == 0) ++count;
  }
  return std::to_string(count - static_cast<int>(font_paths.size()));
}

std::string thread_outcome() {
  try {
    std::thread([] {}).join();
  } catch (const std::system_error&) {
    return "refused";
  }
  return "allowed";
}

std::string first_bytes(const std::string& path) {
  std::string bytes(4, '\0');
  FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return strerrorname_np(errno);
  const auto read = std::fread(bytes.data(), 1, bytes.size(), file);
  std::fclose(file);
  return read == bytes.size() ? "read" : "short";
}

void eat() {
  std::vector<std::vector<char>> meals;
  while (true) meals.emplace_back(std::size_t{16} << 20, 'x');
}

void write_for_ever(const std::string& bytes) {
  const int socket = socket_of_document();
  while (write(socket, bytes.data(), bytes.size()) > 0) {
  }
  _exit(9);
}

[[noreturn]] void spin() {
  const volatile bool turning = true;
  while (turning) {
  }
  std::abort();
}

/// What is tried, and how it went.
const std::map<std::string, std::function<std::string()>>& attempts() {
  static const std::map<std::string, std::function<std::string()>> all{
      {"open-file", [] { return outcome(open("/etc/passwd", O_RDONLY)); }},
      {"open-program", [] { return outcome(open("/proc/self/exe", O_RDONLY)); }},
      {"create-file", [] { return outcome(open("/tmp/softbot-escaped", O_WRONLY | O_CREAT, 0600)); }},
      {"look-at-file",
       [] {
         struct stat about {};
         return outcome(stat("/etc/passwd", &about));
       }},
      {"open-font", [] { return font_paths.empty() ? "no-fonts" : first_bytes(font_paths.front()); }},
      {"memory-file", [] { return outcome(memfd_create("x", 0)); }},
      {"code",
       [] {
         void* place =
             mmap(nullptr, 4'096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         return outcome(place == MAP_FAILED ? -1 : 0);
       }},
      {"fork", [] { return outcome(fork()); }},
      {"thread", thread_outcome},
      {"descriptors", open_descriptors},
      {"socket", [] { return outcome(socket(AF_INET, SOCK_STREAM, 0)); }},
      {"exec", [] { return outcome(execl("/bin/true", "true", nullptr)); }},
      {"trace", [] { return outcome(ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr)); }},
      {"kill-parent", [] { return outcome(kill(getppid(), SIGKILL)); }},
      {"recall", [] { return remembered; }},
      {"remember", [] { return remembered = "something"; }},
  };
  return all;
}

class Orders {
 public:
  Orders(DocumentTask task, DocumentChannel& channel) : task_(task), channel_(channel) {}

  void follow(const std::string& order, const std::string& rest) {
    if (order == "opened") channel_.opened(std::stoi(rest));
    if (order == "page") page(rest);
    if (order == "try") page(attempts().at(rest)());
    if (order == "ask") ask(rest);
    if (order == "ask-deaf") say(frame_bytes(FrameKind::question, rest));
    if (order == "refuse") channel_.refused(rest, "Nee.");
    if (order == "end") channel_.end();
    if (order == "eat") eat();
    if (order == "spin") spin();
    if (order == "fall") std::raise(SIGSEGV);
    if (order == "abort") std::abort();
    if (order == "exit") _exit(std::stoi(rest));
    if (order == "throw") throw std::runtime_error("thrown");
    if (order == "noise") write_for_ever(std::string(65'536, '\xA5'));
    if (order == "flood") write_for_ever(frame_bytes(FrameKind::refused, R"({"code":"time","message":"x"})"));
    if (order == "half-a-frame") write_half();
  }

 private:
  void page(const std::string& text) {
    ReadPage page;
    page.index = next_++;
    page.width = 100;
    page.height = 200;
    page.printed_text = text;
    page.legible = task_ == DocumentTask::look;
    channel_.page(std::move(page));
  }
  void ask(const std::string& text) {
    const auto code = page_code_from(text);
    const auto geometry = code ? channel_.find_geometry(*code) : std::nullopt;
    page(geometry ? geometry_id(*geometry) : "unknown");
  }
  static void say(std::string_view bytes) {
    static_cast<void>(write(socket_of_document(), bytes.data(), bytes.size()));
  }
  static void write_half() {
    const std::string bytes = frame_bytes(FrameKind::page, std::string(1'000, 'x'));
    say(std::string_view(bytes).substr(0, bytes.size() / 2));
    _exit(0);
  }

  DocumentTask task_;
  DocumentChannel& channel_;
  int next_ = 0;
};

}  // namespace

int main() {
  ServeOptions options;
  options.version = "misbehaving 1";
  options.fonts = open_fonts();
  for (const FontFile& font : options.fonts) font_paths.push_back(font.path);
  return serve(
      STDIN_FILENO, options, [](const std::string& bytes, DocumentTask task, DocumentChannel& channel) {
        Orders orders(task, channel);
        std::istringstream lines(bytes);
        for (std::string line; std::getline(lines, line);) {
          const auto space = line.find(' ');
          orders.follow(line.substr(0, space), space == std::string::npos ? "" : line.substr(space + 1));
        }
      });
}
