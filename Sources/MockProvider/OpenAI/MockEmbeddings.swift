import NIOCore

/// Vectors made from nothing but a text's digest: equal texts get equal vectors, others get unrelated ones.
enum MockEmbeddings {
    /// A vector of length 1.
    static func vector(of text: String, dimension: Int) -> [Float] {
        var draw = MockDraw(seed: MockDigest(text).value)
        let raw = (0..<dimension).map { _ in draw.unit() * 2 - 1 }
        let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard norm > 0 else { return [1] + [Float](repeating: 0, count: max(0, dimension - 1)) }
        return raw.map { Float($0 / norm) }
    }

    /// The answer to an embeddings request; `defaultDimension` where the request names no `dimensions`.
    static func body(_ request: MockEmbeddingRequest, defaultDimension: Int) -> ByteBuffer {
        let dimension = min(request.dimensions ?? defaultDimension, MockBehavior.dimensionLimit)
        var buffer = ByteBuffer()
        buffer.reserveCapacity(256 + request.inputs.count * dimension * (request.isBase64 ? 6 : 13))
        buffer.writeStaticString("{\"object\":\"list\",\"data\":[")
        var promptBytes = 0
        for (index, text) in request.inputs.enumerated() {
            promptBytes += text.utf8.count
            if index > 0 { buffer.writeStaticString(",") }
            buffer.writeString("{\"object\":\"embedding\",\"index\":\(index),\"embedding\":")
            let vector = vector(of: text, dimension: dimension)
            if request.isBase64 { writeBase64(vector, into: &buffer) } else { writeNumbers(vector, into: &buffer) }
            buffer.writeStaticString("}")
        }
        let tokens = max(1, (promptBytes + 3) / 4)
        buffer.writeStaticString("],\"model\":")
        buffer.writeJSON(request.model)
        buffer.writeString(",\"usage\":{\"prompt_tokens\":\(tokens),\"total_tokens\":\(tokens)}}")
        return buffer
    }

    private static func writeNumbers(_ vector: [Float], into buffer: inout ByteBuffer) {
        var separator: StaticString = "["
        for value in vector {
            buffer.writeStaticString(separator)
            buffer.writeString("\(value)")
            separator = ","
        }
        buffer.writeStaticString("]")
    }

    /// Little-endian 32-bit floats in Base64 (RFC 4648, section 4), as OpenAI sends them.
    private static func writeBase64(_ vector: [Float], into buffer: inout ByteBuffer) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(vector.count * 4)
        for value in vector {
            let pattern = value.bitPattern
            for shift in [UInt32(0), 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: pattern >> shift)) }
        }
        buffer.writeStaticString("\"")
        buffer.writeString(MockBase64.encode(bytes))
        buffer.writeStaticString("\"")
    }
}
