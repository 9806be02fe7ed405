internal import GatewayCore
internal import NIOCore

/// Reading fragments without decoding them: strings that are each valid stay valid when their texts are joined.
extension JSONElement {
    /// What stands between a string's quotes or an array's brackets, as it was written.
    var innerText: ByteBuffer {
        guard kind == .string || kind == .array else { return ByteBuffer() }
        let text = document.text
        return text.getSlice(at: text.readerIndex + range.lowerBound + 1, length: range.count - 2) ?? ByteBuffer()
    }

    /// Whether an object or array has anything in it.
    var hasElements: Bool {
        var values = elements
        var pairs = members
        return values.next() != nil || pairs.next() != nil
    }

    /// Whether the value says something: not null, not an empty string, not 0 (which some vendors send as the
    /// model, the id and the time of their first chunk).
    var isMeaningful: Bool {
        switch kind {
        case .null: false
        case .string: range.count > 2
        case .number: double != 0
        case .object, .array, .true, .false: true
        }
    }
}
