internal import GatewayCore
internal import NIOCore

/// The shape of a stream's last chunk of text. The next chunk mostly differs from it in the text alone: one that does
/// is recognised by comparing bytes, and its text found, without reading it as JSON again.
///
/// Only shapes for which all but the text can be left alone are kept: one choice that has not ended, no usage, no log
/// probabilities, and a delta of nothing but text and role, all of which the chunk before has said already.
struct ChunkTemplate: Sendable {
    /// The choice whose text comes.
    let choice: Int
    /// What stands in front of, between and behind the strings that change.
    private let literals: [ByteBuffer]
    /// The same as the client is to get it, with the framing of an event.
    private let framed: [ByteBuffer]
    /// Which of the strings that change is the text; another one is padding.
    private let textHole: Int

    /// A chunk that has the shape.
    struct Match {
        /// Still escaped.
        let text: ByteBuffer
        /// Ready to send.
        let frame: ByteBuffer
    }

    /// - Parameters:
    ///   - chunk: what `root` was read as.
    ///   - cut: ranges that the client is not to get, ascending.
    init?(_ root: JSONElement, _ chunk: StreamChunk, cut: [Range<Int>]) {
        guard chunk.usage == nil, chunk.choices.count == 1, let choice = chunk.choices.first,
            choice.finishReason == nil, choice.others.isEmpty, choice.logprobs?.isNull ?? true,
            let text = Self.text(of: choice.delta)
        else { return nil }
        var holes = [text.range.lowerBound + 1..<text.range.upperBound - 1]
        if let padding = root["obfuscation"], padding.kind == .string {
            holes.append(padding.range.lowerBound + 1..<padding.range.upperBound - 1)
        }
        let textStart = holes[0].lowerBound
        holes.sort { $0.lowerBound < $1.lowerBound }
        let bytes = root.document.text
        guard !bytes.readableBytesView.contains(UInt8(ascii: "\n")) else { return nil }
        self.choice = choice.index
        self.textHole = holes.firstIndex { $0.lowerBound == textStart } ?? 0
        var edges = [0]
        for hole in holes { edges += [hole.lowerBound, hole.upperBound] }
        edges.append(bytes.readableBytes)
        var literals: [ByteBuffer] = []
        var framed: [ByteBuffer] = []
        for pair in stride(from: 0, to: edges.count, by: 2) {
            let range = edges[pair]..<edges[pair + 1]
            literals.append(Self.copy(bytes, [range]))
            framed.append(Self.copy(bytes, Self.subtract(cut, from: range)))
        }
        var first = ByteBuffer(staticString: "data: ")
        first.writeImmutableBuffer(framed[0])
        framed[0] = first
        framed[framed.count - 1].writeStaticString("\n\n")
        self.literals = literals
        self.framed = framed
    }

    /// The text of a delta that has a string as `content` and at most a role besides.
    private static func text(of delta: JSONElement?) -> JSONElement? {
        guard let delta else { return nil }
        var text: JSONElement?
        for member in delta.members {
            switch member.name {
            case "content" where text == nil && member.value.kind == .string: text = member.value
            case "role": continue
            case _ where member.value.isNull: continue
            default: return nil
            }
        }
        return text
    }

    /// - Returns: nil when `data` has another shape, or is no JSON: it must then be read.
    func match(_ data: ByteBuffer) -> Match? {
        let bytes = data.readableBytesUInt8Span
        var position = 0
        var holes = InlineArray<2, Range<Int>>(repeating: 0..<0)
        for index in literals.indices {
            guard Self.stands(literals[index], at: position, in: bytes) else { return nil }
            position += literals[index].readableBytes
            if index == literals.count - 1 { break }
            guard let end = Self.endOfString(bytes, from: position) else { return nil }
            holes[index] = position..<end
            position = end
        }
        guard position == bytes.count else { return nil }
        var frame = ByteBufferAllocator().buffer(capacity: data.readableBytes + 8)
        for index in framed.indices {
            frame.writeImmutableBuffer(framed[index])
            if index < framed.count - 1 { frame.writeImmutableBuffer(Self.slice(data, holes[index])) }
        }
        return Match(text: Self.slice(data, holes[textHole]), frame: frame)
    }

    private static func stands(_ literal: ByteBuffer, at position: Int, in bytes: Span<UInt8>) -> Bool {
        let wanted = literal.readableBytesUInt8Span
        guard bytes.count - position >= wanted.count else { return false }
        for offset in wanted.indices where bytes[position + offset] != wanted[offset] { return false }
        return true
    }

    /// Where the string that begins at `start`, behind its quote, ends. Nil when it has an escape in hexadecimal, which
    /// needs a closer look, or is not valid.
    private static func endOfString(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var position = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): return position
            case UInt8(ascii: "\\"):
                guard position + 1 < bytes.count else { return nil }
                switch bytes[position + 1] {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
                    UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
                    position += 2
                default: return nil
                }
            case 0x20..<0x80: position += 1
            case 0x80...:
                guard let length = UTF8Sequence.length(at: position, in: bytes) else { return nil }
                position += length
            default: return nil
            }
        }
        return nil
    }

    private static func subtract(_ cut: [Range<Int>], from range: Range<Int>) -> [Range<Int>] {
        var kept: [Range<Int>] = []
        var start = range.lowerBound
        for gap in cut where gap.overlaps(range) {
            if gap.lowerBound > start { kept.append(start..<gap.lowerBound) }
            start = max(start, gap.upperBound)
        }
        if start < range.upperBound { kept.append(start..<range.upperBound) }
        return kept
    }

    private static func copy(_ bytes: ByteBuffer, _ ranges: [Range<Int>]) -> ByteBuffer {
        var output = ByteBuffer()
        for range in ranges { output.writeImmutableBuffer(slice(bytes, range)) }
        return output
    }

    private static func slice(_ bytes: ByteBuffer, _ range: Range<Int>) -> ByteBuffer {
        bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}
