// SPDX-License-Identifier: Apache-2.0
// The real program as a child process: started, watched, killed; its output kept in files so that
// nothing waits for a reader.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace atlas::system_test {

/// A folder of one test with room for statement files, data and output; gone with the test.
class Workplace {
public:
    Workplace();
    ~Workplace();
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    std::string path(const std::string& name) const { return (root_ / name).string(); }
    std::string data() const { return path("data"); }
    /// Writes a file and returns its path.
    std::string write(const std::string& name, const std::string& bytes) const;

private:
    std::filesystem::path root_;
};

std::string read_file(const std::string& path);

struct Ended {
    int exit_code = 0;  ///< 128 + n when signal n ended it.
    std::string output;
    std::string errors;
};

/// A running child; killed when it goes out of scope.
class Program {
public:
    /// Starts `arguments[0]` with its output in files of `workplace`.
    Program(const Workplace& workplace, std::vector<std::string> arguments);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    pid_t process() const { return process_; }
    void signal(int number) const;
    /// True when it has ended within `patience`.
    bool ends_within(std::chrono::microseconds patience);
    /// Waits for the end, 60 s at most (then it is killed).
    Ended wait();
    std::string output() const { return read_file(output_path_); }

private:
    std::string output_path_;
    std::string errors_path_;
    pid_t process_ = -1;
    int handle_ = -1;  ///< pidfd.
};

/// Runs `atlas WORDS…` to its end.
Ended run_atlas(const Workplace& workplace, std::vector<std::string> words);

/// `atlas serve` on a free port, ready when the constructor returns.
class Server {
public:
    Server(const Workplace& workplace, std::vector<std::string> words);

    Program& program() { return program_; }
    std::uint16_t port() const { return port_; }
    const std::string& token() const { return token_; }  ///< Of the printed link.

private:
    Program program_;
    std::uint16_t port_ = 0;
    std::string token_;
};

}  // namespace atlas::system_test
