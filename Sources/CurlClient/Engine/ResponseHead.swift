/// Gathers the lines of a response head as libcurl delivers them.
struct ResponseHead {
    /// What a line meant.
    enum Progress: Equatable {
        case incomplete
        case complete
        case tooLarge
    }

    private var bytes: [UInt8] = []
    private var size = 0
    private let limit: Int
    private(set) var status = 0
    private(set) var httpVersion = CurlHTTPVersion.unknown

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes one line, its line end included. Heads of informational responses (1xx) are read over.
    mutating func append(_ line: some Collection<UInt8>) -> Progress {
        size += line.count
        if size > limit { return .tooLarge }
        if line.starts(with: Self.protocolName) {
            bytes.removeAll(keepingCapacity: true)
            readStatusLine(line.dropFirst(Self.protocolName.count))
            return .incomplete
        }
        if let first = line.first, first == UInt8(ascii: "\r") || first == UInt8(ascii: "\n") {
            return (100..<200).contains(status) ? .incomplete : .complete
        }
        if bytes.isEmpty { bytes.reserveCapacity(1024) }
        bytes.append(contentsOf: line)
        return .incomplete
    }

    /// The fields of the complete head. A line without a colon or that continues another (obsolete since RFC 7230)
    /// is left out: its meaning differs between readers.
    func headers() -> CurlHeaders {
        var fields: [CurlHeaders.Field] = []
        fields.reserveCapacity(24)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            if let field = field(in: start..<end) { fields.append(field) }
            start = end + 1
        }
        return CurlHeaders(bytes: bytes, fields: fields)
    }

    private static let protocolName = Array("HTTP/".utf8)

    /// - Parameter line: behind `HTTP/`.
    private mutating func readStatusLine(_ line: some Collection<UInt8>) {
        let version = line.prefix { !Self.endsWord($0) }
        httpVersion = CurlHTTPVersion(rawValue: String(decoding: version, as: UTF8.self)) ?? .unknown
        let code = line.dropFirst(version.count).drop { Self.endsWord($0) }.prefix { !Self.endsWord($0) }
        status = Int(String(decoding: code, as: UTF8.self)) ?? 0
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == 0x0D || byte == 0x0A
    }

    private func field(in line: Range<Int>) -> CurlHeaders.Field? {
        guard let first = bytes[line].first, !Self.isBlank(first),
            let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")), colon > line.lowerBound
        else { return nil }
        var start = colon + 1
        var end = line.upperBound
        while start < end, Self.isBlank(bytes[start]) { start += 1 }
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        return CurlHeaders.Field(name: line.lowerBound..<colon, value: start..<end)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D
    }
}
