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

inline std::vector<FramingCase> framing_cases() {
    using namespace std::string_literals;
    const std::string get = "GET /echo HTTP/1.1\r\n";
    const std::string post = "POST /echo HTTP/1.1\r\nHost: localhost\r\n";
    const std::string host = "Host: localhost\r\n";
    const std::string end = "\r\n";
    const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    return {
        {"BothLengths", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"BothOtherWay", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
        {"CodingGzip", post + "Transfer-Encoding: gzip\r\n\r\n"},
        {"CodingGzipChunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
        {"CodingChunkedGzip", post + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"},
        {"CodingIdentity", post + "Transfer-Encoding: identity\r\n\r\n"},
        {"CodingTwice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {"CodingListTwice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n"},
        {"CodingXchunked", post + "Transfer-Encoding: xchunked\r\n\r\n"},
        {"CodingQuoted", post + "Transfer-Encoding: \"chunked\"\r\n\r\n"},
        {"CodingEmpty", post + "Transfer-Encoding:\r\n\r\n"},
        {"CodingVerticalTab", post + "Transfer-Encoding: \vchunked\r\n\r\n"},
        {"CodingHttp10",
         "POST /echo HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"LengthTwiceEqual", post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"},
        {"LengthTwiceOther", post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"},
        {"LengthList", post + "Content-Length: 1, 1\r\n\r\nx"},
        {"LengthNegative", post + "Content-Length: -1\r\n\r\n"},
        {"LengthPlus", post + "Content-Length: +1\r\n\r\nx"},
        {"LengthHex", post + "Content-Length: 0x1\r\n\r\nx"},
        {"LengthEmpty", post + "Content-Length:\r\n\r\n"},
        {"LengthSpaced", post + "Content-Length: 1 1\r\n\r\nx"},
        {"LengthFraction", post + "Content-Length: 1.0\r\n\r\nx"},
        {"LengthOverflow", post + "Content-Length: 99999999999999999999\r\n\r\n"},
        {"LengthWrapsTo1", post + "Content-Length: 18446744073709551617\r\n\r\nx"},
        {"ObsFoldSpace", get + host + "X-A: 1\r\n 2\r\n\r\n"},
        {"ObsFoldTab", get + host + "X-A: 1\r\n\t2\r\n\r\n"},
        {"FoldAfterRequestLine", get + " X-A: 1\r\n" + host + end},
        {"BareFeedInHeader", get + "Host: localhost\nX-A: 1\r\n\r\n"},
        {"BareFeedEverywhere", "GET /echo HTTP/1.1\nHost: localhost\n\n"},
        {"BareFeedAfterLine", "GET /echo HTTP/1.1\nHost: localhost\r\n\r\n"},
        {"BareReturn", get + "Host: localhost\rX-A: 1\r\n\r\n"},
        {"ReturnReturnFeed", get + "Host: localhost\r\r\n\r\n"},
        {"SpaceBeforeColon", get + "Host : localhost\r\n\r\n"},
        {"TabBeforeColon", get + host + "Content-Length\t: 0\r\n\r\n"},
        {"NoColon", get + host + "Nonsense\r\n\r\n"},
        {"EmptyName", get + host + ": x\r\n\r\n"},
        {"NameWithSpace", get + host + "X A: 1\r\n\r\n"},
        {"NameNotAToken", get + host + "X(A): 1\r\n\r\n"},
        {"NulInValue", get + host + "X-A: a\0b\r\n\r\n"s},
        {"ControlInValue", get + host +
                               "X-A: a\x01"
                               "b\r\n\r\n"},
        {"DeleteInValue", get + host + "X-A: a\x7f\r\n\r\n"},
        {"NulInTarget", "GET /ec\0ho HTTP/1.1\r\nHost: localhost\r\n\r\n"s},
        {"HostMissing", get + "X-A: 1\r\n\r\n"},
        {"HostMissingHttp10", "GET /echo HTTP/1.0\r\n\r\n"},
        {"HostTwice", get + host + host + end},
        {"HostTwiceOther", get + host + "host: other\r\n\r\n"},
        {"HostEmpty", get + "Host:\r\n\r\n"},
        {"HostList", get + "Host: localhost, other\r\n\r\n"},
        {"HostUser", get + "Host: user@localhost\r\n\r\n"},
        {"HostPath", get + "Host: localhost/x\r\n\r\n"},
        {"HostBadPort", get + "Host: localhost:80x\r\n\r\n"},
        {"HostEmptyPort", get + "Host: localhost:\r\n\r\n"},
        {"HostLongPort", get + "Host: localhost:000080\r\n\r\n"},
        {"HostOpenBracket", get + "Host: [::1\r\n\r\n"},
        {"HostBadLiteral", get + "Host: [localhost]\r\n\r\n"},
        {"HostAfterBracket", get + "Host: [::1]x\r\n\r\n"},
        {"AbsoluteOther", "GET http://other/echo HTTP/1.1\r\n" + host + end},
        {"AbsoluteUser", "GET http://x@localhost/echo HTTP/1.1\r\n" + host + end},
        {"AbsoluteNoPath", "GET http://localhost HTTP/1.1\r\n" + host + end},
        {"AbsoluteQuery", "GET http://localhost?x HTTP/1.1\r\n" + host + end},
        {"AbsoluteOtherScheme", "GET ftp://localhost/echo HTTP/1.1\r\n" + host + end},
        {"TargetRelative", "GET echo HTTP/1.1\r\n" + host + end},
        {"TargetStar", "GET * HTTP/1.1\r\n" + host + end},
        {"TargetFragment", "GET /echo#x HTTP/1.1\r\n" + host + end},
        {"TargetBackslash", "GET /a\\b HTTP/1.1\r\n" + host + end},
        {"TargetAuthority", "CONNECT localhost:80 HTTP/1.1\r\n" + host + end, 501},
        {"TargetMissing", "GET HTTP/1.1\r\n" + host + end},
        {"TwoSpaces", "GET  /echo HTTP/1.1\r\n" + host + end},
        {"TabInRequestLine", "GET\t/echo HTTP/1.1\r\n" + host + end},
        {"SpaceInTarget", "GET /a b HTTP/1.1\r\n" + host + end},
        {"SpaceAtEnd", "GET /echo HTTP/1.1 \r\n" + host + end},
        {"SpaceAtStart", " GET /echo HTTP/1.1\r\n" + host + end},
        {"EmptyFirstLine", "\r\nGET /echo HTTP/1.1\r\n" + host + end},
        {"VersionMissing", "GET /echo\r\n" + host + end},
        {"VersionLowerCase", "GET /echo http/1.1\r\n" + host + end},
        {"VersionShort", "GET /echo HTTP/1\r\n" + host + end},
        {"VersionLong", "GET /echo HTTP/1.10\r\n" + host + end},
        {"VersionTwo", "GET /echo HTTP/2.0\r\n" + host + end, 505},
        {"VersionTwelve", "GET /echo HTTP/1.2\r\n" + host + end, 505},
        {"VersionNine", "GET /echo HTTP/0.9\r\n" + host + end, 505},
        {"MethodUnknown", "BREW /echo HTTP/1.1\r\n" + host + end, 501},
        {"MethodLowerCase", "get /echo HTTP/1.1\r\n" + host + end, 501},
        {"MethodNotAToken", "G(T /echo HTTP/1.1\r\n" + host + end},
        {"Preface2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"TlsHello", "\x16\x03\x01\x02"},
        {"ConnectionMalformed", get + host + "Connection: (close\r\n\r\n"},
        {"ExpectOther", post + "Content-Length: 1\r\nExpect: 200-ok\r\n\r\nx", 417},
        {"ChunkSizeMissing", chunked + "\r\n\r\n"},
        {"ChunkSizeNotHex", chunked + "g\r\n\r\n"},
        {"ChunkSize0x", chunked + "0x1\r\na\r\n0\r\n\r\n"},
        {"ChunkSizePlus", chunked + "+1\r\na\r\n0\r\n\r\n"},
        {"ChunkSizeNegative", chunked + "-1\r\na\r\n0\r\n\r\n"},
        {"ChunkSizeOverflow", chunked + "ffffffffffffffff1\r\na\r\n0\r\n\r\n"},
        {"ChunkSizeSpace", chunked + "1 \r\na\r\n0\r\n\r\n"},
        {"ChunkSizeLeadingSpace", chunked + " 1\r\na\r\n0\r\n\r\n"},
        {"ChunkBareFeed", chunked + "1\na\r\n0\r\n\r\n"},
        {"ChunkNoEnd", chunked + "1\r\nab\r\n0\r\n\r\n"},
        {"ChunkEndBareFeed", chunked + "1\r\na\n0\r\n\r\n"},
        {"ChunkExtensionFeed", chunked + "1;a=b\nc\r\na\r\n0\r\n\r\n"},
        {"ChunkTrailer", chunked + "0\r\nX-A: 1\r\n\r\n"},
        {"ChunkTrailerLength", chunked + "0\r\nContent-Length: 1\r\n\r\n"},
        {"ChunkTrailerFold", chunked + "0\r\nX-A: 1\r\n b\r\n\r\n"},
        {"ChunkHeaderEndless", chunked + "1;" + std::string(2000, 'a')},
        {"ChunkTooLarge", chunked + "200001\r\n", 413},
        {"LengthTooLarge", post + "Content-Length: 1048577\r\n\r\n", 413},
        {"LineTooLong", "GET /" + std::string(8192, 'a') + " HTTP/1.1\r\n" + host + end, 414},
        {"LineEndless", "GET /" + std::string(9000, 'a'), 414},
        {"HeadersTooLarge", get + host + "X-A: " + std::string(16384, 'a') + "\r\n\r\n", 431},
        {"HeadersEndless", get + host + "X-A: " + std::string(17000, 'a'), 431},
        {"HeadersTooMany",
         get + host +
             [] {
                 std::string many;
                 for (int i = 0; i < 100; ++i) {
                     many += "X-A: 1\r\n";
                 }
                 return many;
             }() +
             end,
         431},
        {"HostNotAllowed", get + "Host: evil.example\r\n\r\n", 421},
        {"HostNotAllowedPort", get + "Host: evil.example:80\r\n\r\n", 421},
        {"OriginOther", get + host + "Origin: http://evil.example\r\n\r\n", 403},
        {"OriginNull", get + host + "Origin: null\r\n\r\n", 403},
        {"OriginOtherPort", get + host + "Origin: http://localhost:81\r\n\r\n", 403},
        {"CrossSitePost", post + "Content-Length: 0\r\nSec-Fetch-Site: cross-site\r\n\r\n", 403},
    };
}

}  // namespace atlas::serving::testing
