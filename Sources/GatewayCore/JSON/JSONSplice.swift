package import NIOCore

/// Changes to a few places of a JSON text; every other byte passes through as it was written.
package struct JSONSplice {
    private var edits: [(range: Range<Int>, replacement: ByteBuffer)] = []
    private let document: JSONDocument

    package init(_ document: JSONDocument) {
        self.document = document
    }

    /// Writes `json` in place of `element`. Edits must not overlap.
    package mutating func replace(_ element: JSONElement, with json: ByteBuffer) {
        edits.append((element.range, json))
    }

    /// Sets the member `key` of `object` to `json`: replaces its value, or adds it in front of the first member.
    package mutating func set(_ key: String, of object: JSONElement, to json: ByteBuffer) {
        if let value = object[key] { return replace(value, with: json) }
        var member = ByteBuffer()
        member.writeJSONString(key)
        member.writeString(":")
        member.writeImmutableBuffer(json)
        var members = object.members
        if members.next() != nil { member.writeString(",") }
        let inside = object.range.lowerBound + 1
        edits.append((inside..<inside, member))
    }

    /// Writes `json` behind the bracket that opens `array`, with whatever comma it needs at its end.
    package mutating func insert(_ json: ByteBuffer, atFrontOf array: JSONElement) {
        let inside = array.range.lowerBound + 1
        edits.append((inside..<inside, json))
    }

    /// Cuts out the members named in `keys` of `object`, with their commas. No other edit may touch them.
    package mutating func remove(_ keys: Set<String>, of object: JSONElement) {
        let members = Array(object.members)
        let isKept = members.map { !keys.contains($0.name) }
        var keptBefore: JSONMember?
        for (index, member) in members.enumerated() {
            if isKept[index] {
                keptBefore = member
                continue
            }
            // A comma goes with each cut: the one in front when something kept stands there, else the one behind.
            if let previous = keptBefore {
                let start = index > 0 && isKept[index - 1]
                    ? previous.value.range.upperBound : members[index - 1].value.range.upperBound
                edits.append((start..<member.value.range.upperBound, ByteBuffer()))
            } else {
                let end = index + 1 < members.count
                    ? members[index + 1].key.range.lowerBound : member.value.range.upperBound
                edits.append((member.key.range.lowerBound..<end, ByteBuffer()))
            }
        }
    }

    /// The text with all edits applied.
    package func apply() -> ByteBuffer {
        let text = document.text
        guard !edits.isEmpty else { return text }
        let ordered = edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }
        var output = ByteBufferAllocator().buffer(capacity: text.readableBytes + 128)
        var position = 0
        for (_, edit) in ordered {
            write(position..<edit.range.lowerBound, of: text, to: &output)
            output.writeImmutableBuffer(edit.replacement)
            position = edit.range.upperBound
        }
        write(position..<text.readableBytes, of: text, to: &output)
        return output
    }

    private func write(_ range: Range<Int>, of text: ByteBuffer, to output: inout ByteBuffer) {
        guard let part = text.getSlice(at: text.readerIndex + range.lowerBound, length: range.count) else {
            preconditionFailure("edits of a JSON text must not overlap and must lie inside it")
        }
        output.writeImmutableBuffer(part)
    }
}
