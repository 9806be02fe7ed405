import NIOCore

/// What a part of an entry, or of what is told of a call for one, is made of: a kind, a length and bytes each. Kinds
/// that are not known are passed over, so that a replica of an older release reads what a newer one wrote.
enum EntrySection: UInt8 {
    case created = 1
    case expires = 2
    case generation = 3
    case usage = 4
    case model = 5
    case labels = 6
    /// A small answer.
    case answer = 7
    /// Of a large answer: its content's name, and what stands around its choices.
    case content = 8
    case front = 9
    case back = 10
    case question = 11
    /// The guard's features of a question that is not kept or told.
    case features = 12
    /// Little-endian 32-bit floats.
    case vector = 13
    /// The id of the curated answer it belongs to; only where there is one.
    case curated = 14
    /// Vectors of questions that must not be served by it: their length in bytes as two bytes, then one behind the
    /// other.
    case distractors = 15
    /// For how much of its life it is fresh, and what then, see ``FreshnessCodec``; none where that is all of it.
    case freshness = 16
    /// Whose call it is.
    case tenant = 17
    /// A vector told to other replicas: little-endian 16-bit floats.
    case halves = 18
    /// Of another name of an entry, which has no answer of its own: the id of the entry it stands for. ``created`` is
    /// then when that was made.
    case alias = 19
    /// By whom it was verified that the entry answers the question.
    case aliasBy = 20
    /// Which encoder made the vectors of the distractors.
    case distractorsEncoder = 21
    /// Of another name of an entry: what the question can be forgotten by, which is its asker's, and the newest purge
    /// there was when it was asked. ``labels`` and ``generation`` are then the entry's.
    case aliasLabels = 22
    case aliasGeneration = 23
}

extension ByteBuffer {
    mutating func write(_ section: EntrySection, _ bytes: ByteBuffer) {
        writeInteger(section.rawValue)
        writeInteger(UInt32(truncatingIfNeeded: bytes.readableBytes), endianness: .little)
        writeImmutableBuffer(bytes)
    }

    mutating func write(_ section: EntrySection, _ text: String) {
        writeInteger(section.rawValue)
        writeInteger(UInt32(truncatingIfNeeded: text.utf8.count), endianness: .little)
        writeString(text)
    }

    mutating func write(_ section: EntrySection, _ numbers: [Int64]) {
        writeInteger(section.rawValue)
        writeInteger(UInt32(truncatingIfNeeded: numbers.count * 8), endianness: .little)
        for number in numbers { writeInteger(number, endianness: .little) }
    }

    mutating func write(_ section: EntrySection, _ number: Int64) { write(section, [number]) }

    /// The next section; nil at the end.
    /// - Throws: `damaged` when the bytes end inside one.
    mutating func readSection() throws(EntryFault) -> (kind: EntrySection?, bytes: ByteBuffer)? {
        guard let kind = readInteger(as: UInt8.self) else { return nil }
        guard let length = readInteger(endianness: .little, as: UInt32.self), let bytes = readSlice(length: Int(length))
        else { throw .damaged }
        return (EntrySection(rawValue: kind), bytes)
    }

    /// The only number there is.
    func sectionNumber() throws(EntryFault) -> Int64 {
        guard readableBytes == 8, let number = getInteger(at: readerIndex, endianness: .little, as: Int64.self) else {
            throw .damaged
        }
        return number
    }
}
