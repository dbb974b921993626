// SPDX-License-Identifier: Apache-2.0
// Requests that two servers could read differently, or that are plainly broken: all are refused
// and the connection is closed. Sources: RFC 9112 (2.2, 3, 5, 6, 7), RFC 9110 (5.5, 7.2), and the
// request smuggling literature (Linhart 2005, Kettle 2019).
#pragma once

#include <string>
#include <vector>

namespace atlas::serving::testing {

struct FramingCase {
    std::string name;
    std::string bytes;
    int status = 400;
};

/// What the cases are made of.
inline const std::string kEnd = "\r\n";
inline const std::string kHost = "Host: localhost\r\n";
inline const std::string kGet = "GET /echo HTTP/1.1\r\n";
inline const std::string kPost = "POST /echo HTTP/1.1\r\nHost: localhost\r\n";
inline const std::string kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";

/// Where the body ends is said twice, or not in a way that all read alike.
inline std::vector<FramingCase> length_cases() {
    return {
        {"BothLengths", kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"BothOtherWay",
         kPost + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
        {"CodingGzip", kPost + "Transfer-Encoding: gzip\r\n\r\n"},
        {"CodingGzipChunked", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
        {"CodingChunkedGzip", kPost + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"},
        {"CodingIdentity", kPost + "Transfer-Encoding: identity\r\n\r\n"},
        {"CodingTwice", kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {"CodingListTwice", kPost + "Transfer-Encoding: chunked, chunked\r\n\r\n"},
        {"CodingXchunked", kPost + "Transfer-Encoding: xchunked\r\n\r\n"},
        {"CodingQuoted", kPost + "Transfer-Encoding: \"chunked\"\r\n\r\n"},
        {"CodingEmpty", kPost + "Transfer-Encoding:\r\n\r\n"},
        {"CodingVerticalTab", kPost + "Transfer-Encoding: \vchunked\r\n\r\n"},
        {"CodingHttp10",
         "POST /echo HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"LengthTwiceEqual", kPost + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"},
        {"LengthTwiceOther", kPost + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"},
        {"LengthList", kPost + "Content-Length: 1, 1\r\n\r\nx"},
        {"LengthNegative", kPost + "Content-Length: -1\r\n\r\n"},
        {"LengthPlus", kPost + "Content-Length: +1\r\n\r\nx"},
        {"LengthHex", kPost + "Content-Length: 0x1\r\n\r\nx"},
        {"LengthEmpty", kPost + "Content-Length:\r\n\r\n"},
        {"LengthSpaced", kPost + "Content-Length: 1 1\r\n\r\nx"},
        {"LengthFraction", kPost + "Content-Length: 1.0\r\n\r\nx"},
        {"LengthOverflow", kPost + "Content-Length: 99999999999999999999\r\n\r\n"},
        {"LengthWrapsTo1", kPost + "Content-Length: 18446744073709551617\r\n\r\nx"},
    };
}

/// Lines of the head that are no header.
inline std::vector<FramingCase> header_cases() {
    using namespace std::string_literals;
    return {
        {"ObsFoldSpace", kGet + kHost + "X-A: 1\r\n 2\r\n\r\n"},
        {"ObsFoldTab", kGet + kHost + "X-A: 1\r\n\t2\r\n\r\n"},
        {"FoldAfterRequestLine", kGet + " X-A: 1\r\n" + kHost + kEnd},
        {"BareFeedInHeader", kGet + "Host: localhost\nX-A: 1\r\n\r\n"},
        {"BareFeedEverywhere", "GET /echo HTTP/1.1\nHost: localhost\n\n"},
        {"BareFeedAfterLine", "GET /echo HTTP/1.1\nHost: localhost\r\n\r\n"},
        {"BareReturn", kGet + "Host: localhost\rX-A: 1\r\n\r\n"},
        {"ReturnReturnFeed", kGet + "Host: localhost\r\r\n\r\n"},
        {"SpaceBeforeColon", kGet + "Host : localhost\r\n\r\n"},
        {"TabBeforeColon", kGet + kHost + "Content-Length\t: 0\r\n\r\n"},
        {"NoColon", kGet + kHost + "Nonsense\r\n\r\n"},
        {"EmptyName", kGet + kHost + ": x\r\n\r\n"},
        {"NameWithSpace", kGet + kHost + "X A: 1\r\n\r\n"},
        {"NameNotAToken", kGet + kHost + "X(A): 1\r\n\r\n"},
        {"NulInValue", kGet + kHost + "X-A: a\0b\r\n\r\n"s},
        {"ControlInValue", kGet + kHost +
                               "X-A: a\x01"
                               "b\r\n\r\n"},
        {"DeleteInValue", kGet + kHost + "X-A: a\x7f\r\n\r\n"},
        {"NulInTarget", "GET /ec\0ho HTTP/1.1\r\nHost: localhost\r\n\r\n"s},
        {"ConnectionMalformed", kGet + kHost + "Connection: (close\r\n\r\n"},
        {"ExpectOther", kPost + "Content-Length: 1\r\nExpect: 200-ok\r\n\r\nx", 417},
    };
}

/// First lines that are none, and what this server does not speak.
inline std::vector<FramingCase> request_line_cases() {
    return {
        {"TwoSpaces", "GET  /echo HTTP/1.1\r\n" + kHost + kEnd},
        {"TabInRequestLine", "GET\t/echo HTTP/1.1\r\n" + kHost + kEnd},
        {"SpaceInTarget", "GET /a b HTTP/1.1\r\n" + kHost + kEnd},
        {"SpaceAtEnd", "GET /echo HTTP/1.1 \r\n" + kHost + kEnd},
        {"SpaceAtStart", " GET /echo HTTP/1.1\r\n" + kHost + kEnd},
        {"EmptyFirstLine", "\r\nGET /echo HTTP/1.1\r\n" + kHost + kEnd},
        {"VersionMissing", "GET /echo\r\n" + kHost + kEnd},
        {"VersionLowerCase", "GET /echo http/1.1\r\n" + kHost + kEnd},
        {"VersionShort", "GET /echo HTTP/1\r\n" + kHost + kEnd},
        {"VersionLong", "GET /echo HTTP/1.10\r\n" + kHost + kEnd},
        {"VersionTwo", "GET /echo HTTP/2.0\r\n" + kHost + kEnd, 505},
        {"VersionTwelve", "GET /echo HTTP/1.2\r\n" + kHost + kEnd, 505},
        {"VersionNine", "GET /echo HTTP/0.9\r\n" + kHost + kEnd, 505},
        {"MethodUnknown", "BREW /echo HTTP/1.1\r\n" + kHost + kEnd, 501},
        {"MethodLowerCase", "get /echo HTTP/1.1\r\n" + kHost + kEnd, 501},
        {"MethodNotAToken", "G(T /echo HTTP/1.1\r\n" + kHost + kEnd},
        {"Preface2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"TlsHello", "\x16\x03\x01\x02"},
    };
}

/// Host and target that disagree, or are none.
inline std::vector<FramingCase> target_cases() {
    return {
        {"HostMissing", kGet + "X-A: 1\r\n\r\n"},
        {"HostMissingHttp10", "GET /echo HTTP/1.0\r\n\r\n"},
        {"HostTwice", kGet + kHost + kHost + kEnd},
        {"HostTwiceOther", kGet + kHost + "host: other\r\n\r\n"},
        {"HostEmpty", kGet + "Host:\r\n\r\n"},
        {"HostList", kGet + "Host: localhost, other\r\n\r\n"},
        {"HostUser", kGet + "Host: user@localhost\r\n\r\n"},
        {"HostPath", kGet + "Host: localhost/x\r\n\r\n"},
        {"HostBadPort", kGet + "Host: localhost:80x\r\n\r\n"},
        {"HostEmptyPort", kGet + "Host: localhost:\r\n\r\n"},
        {"HostLongPort", kGet + "Host: localhost:000080\r\n\r\n"},
        {"HostOpenBracket", kGet + "Host: [::1\r\n\r\n"},
        {"HostBadLiteral", kGet + "Host: [localhost]\r\n\r\n"},
        {"HostAfterBracket", kGet + "Host: [::1]x\r\n\r\n"},
        {"AbsoluteOther", "GET http://other/echo HTTP/1.1\r\n" + kHost + kEnd},
        {"AbsoluteUser", "GET http://x@localhost/echo HTTP/1.1\r\n" + kHost + kEnd},
        {"AbsoluteNoPath", "GET http://localhost HTTP/1.1\r\n" + kHost + kEnd},
        {"AbsoluteQuery", "GET http://localhost?x HTTP/1.1\r\n" + kHost + kEnd},
        {"AbsoluteOtherScheme", "GET ftp://localhost/echo HTTP/1.1\r\n" + kHost + kEnd},
        {"TargetRelative", "GET echo HTTP/1.1\r\n" + kHost + kEnd},
        {"TargetStar", "GET * HTTP/1.1\r\n" + kHost + kEnd},
        {"TargetFragment", "GET /echo#x HTTP/1.1\r\n" + kHost + kEnd},
        {"TargetBackslash", "GET /a\\b HTTP/1.1\r\n" + kHost + kEnd},
        {"TargetAuthority", "CONNECT localhost:80 HTTP/1.1\r\n" + kHost + kEnd, 501},
        {"TargetMissing", "GET HTTP/1.1\r\n" + kHost + kEnd},
    };
}

/// Chunks whose size or end is not exact.
inline std::vector<FramingCase> chunk_cases() {
    return {
        {"ChunkSizeMissing", kChunked + "\r\n\r\n"},
        {"ChunkSizeNotHex", kChunked + "g\r\n\r\n"},
        {"ChunkSize0x", kChunked + "0x1\r\na\r\n0\r\n\r\n"},
        {"ChunkSizePlus", kChunked + "+1\r\na\r\n0\r\n\r\n"},
        {"ChunkSizeNegative", kChunked + "-1\r\na\r\n0\r\n\r\n"},
        {"ChunkSizeOverflow", kChunked + "ffffffffffffffff1\r\na\r\n0\r\n\r\n"},
        {"ChunkSizeSpace", kChunked + "1 \r\na\r\n0\r\n\r\n"},
        {"ChunkSizeLeadingSpace", kChunked + " 1\r\na\r\n0\r\n\r\n"},
        {"ChunkBareFeed", kChunked + "1\na\r\n0\r\n\r\n"},
        {"ChunkNoEnd", kChunked + "1\r\nab\r\n0\r\n\r\n"},
        {"ChunkEndBareFeed", kChunked + "1\r\na\n0\r\n\r\n"},
        {"ChunkExtensionFeed", kChunked + "1;a=b\nc\r\na\r\n0\r\n\r\n"},
        {"ChunkTrailer", kChunked + "0\r\nX-A: 1\r\n\r\n"},
        {"ChunkTrailerLength", kChunked + "0\r\nContent-Length: 1\r\n\r\n"},
        {"ChunkTrailerFold", kChunked + "0\r\nX-A: 1\r\n b\r\n\r\n"},
        {"ChunkHeaderEndless", kChunked + "1;" + std::string(2000, 'a')},
    };
}

/// More than the limits in tests: 8 KiB line, 16 KiB head, 100 headers, 1 MiB body.
inline std::vector<FramingCase> limit_cases() {
    return {
        {"ChunkTooLarge", kChunked + "200001\r\n", 413},
        {"LengthTooLarge", kPost + "Content-Length: 1048577\r\n\r\n", 413},
        {"LineTooLong", "GET /" + std::string(8192, 'a') + " HTTP/1.1\r\n" + kHost + kEnd, 414},
        {"LineEndless", "GET /" + std::string(9000, 'a'), 414},
        {"HeadersTooLarge", kGet + kHost + "X-A: " + std::string(16384, 'a') + "\r\n\r\n", 431},
        {"HeadersEndless", kGet + kHost + "X-A: " + std::string(17000, 'a'), 431},
        {"HeadersTooMany",
         kGet + kHost +
             [] {
                 std::string many;
                 for (int i = 0; i < 100; ++i) {
                     many += "X-A: 1\r\n";
                 }
                 return many;
             }() +
             kEnd,
         431},
    };
}

/// Well framed, and from where this server serves nobody.
inline std::vector<FramingCase> stranger_cases() {
    return {
        {"HostNotAllowed", kGet + "Host: evil.example\r\n\r\n", 421},
        {"HostNotAllowedPort", kGet + "Host: evil.example:80\r\n\r\n", 421},
        {"OriginOther", kGet + kHost + "Origin: http://evil.example\r\n\r\n", 403},
        {"OriginNull", kGet + kHost + "Origin: null\r\n\r\n", 403},
        {"OriginOtherPort", kGet + kHost + "Origin: http://localhost:81\r\n\r\n", 403},
        {"CrossSitePost", kPost + "Content-Length: 0\r\nSec-Fetch-Site: cross-site\r\n\r\n", 403},
    };
}

inline std::vector<FramingCase> framing_cases() {
    std::vector<FramingCase> all;
    for (const auto& some : {length_cases(), header_cases(), request_line_cases(), target_cases(),
                             chunk_cases(), limit_cases(), stranger_cases()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

}  // namespace atlas::serving::testing
