#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An IPv4 or IPv6 address.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16, in network order.
    package let bytes: [UInt8]

    /// Nil unless there are 4 or 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the usual notations: `192.0.2.1`, `2001:db8::1`. Nil for every other text.
    package init?(_ text: String) {
        self.init(text) { text, bytes in inet_pton(AF_INET, text, bytes) == 1 }
    }

    /// Reads the host of a URL as programs do that take `127.1`, `0x7f000001` or `2130706433` for 127.0.0.1. IPv6
    /// stands in brackets. Nil for a name.
    package init?(urlHost host: String) {
        if host.hasPrefix("["), host.hasSuffix("]") {
            // A zone names an interface of this machine and does not change the address.
            let inside = host.dropFirst().dropLast().prefix { $0 != "%" }
            self.init(String(inside))
        } else {
            self.init(host) { text, bytes in inet_aton(text, bytes.assumingMemoryBound(to: in_addr.self)) == 1 }
        }
    }

    private init?(_ text: String, readingIPv4 read: (String, UnsafeMutableRawPointer) -> Bool) {
        var four = in_addr()
        if read(text, &four) {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
            return
        }
        var sixteen = in6_addr()
        guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        bytes = withUnsafeBytes(of: &sixteen) { Array($0) }
    }

    package var description: String {
        if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
