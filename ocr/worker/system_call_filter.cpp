#include "ocr/worker/system_call_filter.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "ocr/worker/sanitized.h"

namespace softbot::ocr {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t native_architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t native_architecture = AUDIT_ARCH_AARCH64;
#else
#error "The filter of system calls knows x86-64 and arm64."
#endif

/// Memory, descriptors that are open already, the clock, the process itself and its end.
constexpr long allowed[] = {
    SYS_read,
    SYS_write,
    SYS_writev,
    SYS_pread64,
    SYS_lseek,
    SYS_close,
    SYS_fstat,
    SYS_dup,
    SYS_brk,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_futex,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_exit,
    SYS_exit_group,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_getpid,
    SYS_gettid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_getrandom,
    SYS_uname,
    SYS_sysinfo,
    SYS_getrusage,
    SYS_times,
    SYS_getcpu,
    SYS_restart_syscall,
    SYS_rseq,
    SYS_set_robust_list,
    SYS_membarrier,
#if defined(__x86_64__)
    SYS_time,
#endif
};

/// Nothing in here has a use for these: whoever calls them has taken the process over.
constexpr long deadly[] = {
    SYS_execve,
    SYS_execveat,
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kill,
    SYS_tkill,
    SYS_pidfd_open,
    SYS_pidfd_getfd,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_io_uring_setup,
    SYS_userfaultfd,
    SYS_keyctl,
    SYS_add_key,
    SYS_init_module,
    SYS_finit_module,
    SYS_mount,
    SYS_open_by_handle_at,
    SYS_unshare,
    SYS_setns,
};

constexpr long naming_a_path[] = {
    SYS_openat,
    SYS_newfstatat,
#if defined(__x86_64__)
    SYS_open,
#endif
};

constexpr std::size_t low_word(std::size_t argument) {
  return offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t);
}

class Filter {
 public:
  Filter() {
    load(offsetof(seccomp_data, arch));
    unless(native_architecture, SECCOMP_RET_KILL_PROCESS);
    load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
    constexpr std::uint32_t first_of_x32 = 0x40000000;
    add(BPF_JMP | BPF_JGE | BPF_K, first_of_x32, 0, 1);
    answer(SECCOMP_RET_KILL_PROCESS);
#endif
  }

  /// The number of the call is loaded between two of these.
  void when(long number, std::uint32_t result) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 1);
    answer(result);
  }
  /// Allowed unless this argument has one of these bits.
  void when_without_bits(long number, std::size_t argument, std::uint32_t bits) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 4);
    load(low_word(argument));
    add(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
    answer(SECCOMP_RET_ERRNO | EPERM);
    answer(SECCOMP_RET_ALLOW);
  }
  /// Allowed when the first argument is this, else the end.
  void when_first_is(long number, std::uint32_t value) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 4);
    load(low_word(0));
    add(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0);
    answer(SECCOMP_RET_KILL_PROCESS);
    answer(SECCOMP_RET_ALLOW);
  }
  void answer(std::uint32_t result) {
    add(BPF_RET | BPF_K, result, 0, 0);
  }

  [[nodiscard]] bool install() {
    sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
  }

 private:
  void load(std::size_t offset) {
    add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset), 0, 0);
  }
  void unless(std::uint32_t value, std::uint32_t result) {
    add(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0);
    answer(result);
  }
  void add(unsigned operation, std::uint32_t value, std::uint8_t if_true, std::uint8_t if_false) {
    code_.push_back({static_cast<std::uint16_t>(operation), if_true, if_false, value});
  }
  std::vector<sock_filter> code_;
};

/// What a call to open a file is answered with; set before the filter, read by the signal handler.
const FontFiles* known_fonts = nullptr;

long open_known(const char* path) {
  for (const FontFile& font : *known_fonts) {
    if (std::strcmp(font.path.c_str(), path) != 0) continue;
    const int copy = dup(font.file.number());
    if (copy < 0) return -errno;
    lseek(copy, 0, SEEK_SET);
    return copy;
  }
  return -EACCES;
}

/// What the process asked the kernel.
struct SystemCall {
  long number = 0;
  std::array<std::uint64_t, 4> arguments{};
};

SystemCall call_in(const mcontext_t& machine, long number) {
  SystemCall call;
  call.number = number;
#if defined(__x86_64__)
  constexpr std::array<int, 4> registers{REG_RDI, REG_RSI, REG_RDX, REG_R10};
  for (std::size_t i = 0; i < registers.size(); ++i)
    call.arguments[i] = static_cast<std::uint64_t>(machine.gregs[registers[i]]);
#else
  for (std::size_t i = 0; i < call.arguments.size(); ++i) call.arguments[i] = machine.regs[i];
#endif
  return call;
}

void answer(mcontext_t& machine, long result) {
#if defined(__x86_64__)
  machine.gregs[REG_RAX] = result;
#else
  machine.regs[0] = static_cast<std::uint64_t>(result);
#endif
}

const char* text_at(std::uint64_t address) {
  return reinterpret_cast<const char*>(address);
}

/// The C library asks for the size of an open file by an empty path.
long look_at(const SystemCall& call) {
  const bool open_file = (call.arguments[3] & AT_EMPTY_PATH) != 0 && *text_at(call.arguments[1]) == '\0';
  if (!open_file) return -EACCES;
  const long result = syscall(SYS_fstat, call.arguments[0], call.arguments[2]);
  return result == 0 ? 0 : -errno;
}

/// Stands in for the kernel where a path is named, inside the sandbox and with nothing but its rights.
void answer_for_kernel(int /*signal*/, siginfo_t* information, void* context) {
  const int saved = errno;
  auto& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
  const SystemCall call = call_in(machine, information->si_syscall);
  if (call.number == SYS_openat) answer(machine, open_known(text_at(call.arguments[1])));
#if defined(__x86_64__)
  if (call.number == SYS_open) answer(machine, open_known(text_at(call.arguments[0])));
#endif
  if (call.number == SYS_newfstatat) answer(machine, look_at(call));
  errno = saved;
}

bool answer_paths_with(const FontFiles& fonts) {
  known_fonts = &fonts;
  struct sigaction action {};
  action.sa_sigaction = answer_for_kernel;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  return sigaction(SIGSYS, &action, nullptr) == 0;
}

}  // namespace

Result<void> filter_system_calls(const FontFiles& fonts) {
  Filter filter;
  for (const long number : allowed) filter.when(number, SECCOMP_RET_ALLOW);
  if (is_sanitized) filter.when(SYS_pipe2, SECCOMP_RET_ALLOW);
  for (const long number : naming_a_path) filter.when(number, SECCOMP_RET_TRAP);
  for (const long number : deadly) filter.when(number, SECCOMP_RET_KILL_PROCESS);
  for (const long number : {SYS_openat2, SYS_statx, SYS_faccessat, SYS_readlinkat})
    filter.when(number, SECCOMP_RET_ERRNO | EACCES);
  for (const long number : {SYS_mmap, SYS_mprotect}) filter.when_without_bits(number, 2, PROT_EXEC);
  filter.when_first_is(SYS_tgkill, static_cast<std::uint32_t>(getpid()));
  filter.answer(SECCOMP_RET_ERRNO | EPERM);
  if (!answer_paths_with(fonts) || !filter.install()) {
    return fail(ErrorCode::internal,
                "The kernel takes no filter of system calls (seccomp): reading scans needs one.");
  }
  return {};
}

}  // namespace softbot::ocr
