import Foundation

/// One HTTP/1.1 response as far as its bytes have come.
struct RawResponse {
    var status: Int?
    var headers: [String: String] = [:]
    /// The body without chunk framing.
    var body: [UInt8] = []
    /// Whether the framing says that the body is whole.
    var isWhole = false
    /// What follows a whole response: the next one, if requests were pipelined.
    var rest: [UInt8] = []

    init(_ bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        status = lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
        }
        let content = Array(bytes[end.upperBound...])
        if headers["transfer-encoding"] == "chunked" {
            readChunks(content)
        } else if let length = headers["content-length"].flatMap({ Int($0) }) {
            body = Array(content.prefix(length))
            isWhole = content.count >= length
            rest = Array(content.dropFirst(length))
        } else {
            body = content
        }
    }

    var text: String {
        String(decoding: body, as: UTF8.self)
    }

    /// What stands behind `data: ` in each event that has come whole.
    var events: [String] {
        text.components(separatedBy: "\n\n").dropLast().map { String($0.dropFirst("data: ".count)) }
    }

    func decoded<Wire: Decodable>(_ type: Wire.Type = Wire.self) throws -> Wire {
        try JSONDecoder().decode(Wire.self, from: Data(body))
    }

    /// The chunks of a stream up to `[DONE]`.
    func chunks() throws -> [ChunkWire] {
        try events.filter { $0 != "[DONE]" }.map { try JSONDecoder().decode(ChunkWire.self, from: Data($0.utf8)) }
    }

    private mutating func readChunks(_ content: [UInt8]) {
        var position = 0
        while let line = content[position...].firstRange(of: Array("\r\n".utf8)) {
            guard let size = Int(String(decoding: content[position..<line.lowerBound], as: UTF8.self), radix: 16),
                line.upperBound + size + 2 <= content.count
            else { return }
            body += content[line.upperBound..<line.upperBound + size]
            position = line.upperBound + size + 2
            if size == 0 {
                isWhole = true
                rest = Array(content[position...])
                return
            }
        }
    }
}
