/// What is remembered of a served hit, so that a judgment of it can be taken: places and numbers, no text.
package struct ServedHit: Sendable, Equatable {
    /// Whose answer was served, and behind which wall.
    package let entry: EntryID
    package let partition: PartitionID
    /// When the answer was made.
    package let created: UnixTime
    /// The question's own place; nil when it is the entry's own question.
    package let question: EntryID?
    package let namespace: String
    /// A keyed digest of who asked; nil when the request did not tell.
    package let principal: String?
    /// Cosine of the two questions; nil for equal ones, and where an alias made them so.
    package let similarity: Float?
    /// What a judgment teaches; nil where the hit was not decided by an error budget.
    package let lesson: HitLesson?

    package init(
        entry: EntryID, partition: PartitionID, created: UnixTime, question: EntryID?, namespace: String = "",
        principal: String? = nil, similarity: Float? = nil, lesson: HitLesson? = nil
    ) {
        self.entry = entry
        self.partition = partition
        self.created = created
        self.question = question
        self.namespace = namespace
        self.principal = principal
        self.similarity = similarity
        self.lesson = lesson
    }
}

/// What of a decision about a hit it takes to learn from its label later.
package struct HitLesson: Sendable, Equatable {
    /// Of the score, on the grid on which scores are counted.
    package let bin: Int
    /// Of the answer.
    package let group: UInt64
    /// The structural differences that were no veto, as a set of bits.
    package let cautions: UInt16

    package init(bin: Int, group: UInt64, cautions: UInt16) {
        self.bin = bin
        self.group = group
        self.cautions = cautions
    }
}

extension ServedHit {
    /// Its members in a JSON object, with short keys.
    package func write(into writer: inout JSONWriter) {
        writer.member("e", entry.description)
        writer.member("p", Hexadecimal.encode(partition.bytes))
        writer.member("c", Int(created.milliseconds))
        writer.member("q", question?.description)
        writer.member("n", namespace)
        writer.member("u", principal)
        writer.member("s", similarity.map { Double($0) })
        guard let lesson else { return }
        writer.object("l") { writer in
            writer.member("b", lesson.bin)
            writer.member("g", Int(truncatingIfNeeded: lesson.group))
            writer.member("c", Int(lesson.cautions))
        }
    }

    /// Nil for what ``write(into:)`` cannot have written.
    package init?(record: JSONElement) {
        guard let entry = record["e"]?.string.flatMap(EntryID.init(hexadecimal:)),
            let partition = record["p"]?.string.flatMap(Hexadecimal.decode).flatMap(PartitionID.init(bytes:)),
            let created = record["c"]?.integer, let namespace = record["n"]?.string
        else { return nil }
        var question: EntryID?
        if let text = record["q"] {
            guard let id = text.string.flatMap(EntryID.init(hexadecimal:)) else { return nil }
            question = id
        }
        var lesson: HitLesson?
        if let numbers = record["l"] {
            guard let bin = numbers["b"]?.integer, let group = numbers["g"]?.integer,
                let cautions = numbers["c"]?.integer.flatMap({ UInt16(exactly: $0) })
            else { return nil }
            lesson = HitLesson(bin: bin, group: UInt64(truncatingIfNeeded: group), cautions: cautions)
        }
        self.init(
            entry: entry, partition: partition, created: UnixTime(milliseconds: Int64(created)), question: question,
            namespace: namespace, principal: record["u"]?.string, similarity: record["s"]?.double.map { Float($0) },
            lesson: lesson)
    }
}
