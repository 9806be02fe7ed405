import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import SemanticCache

@Suite("Whether two answers are the same")
struct AnswerLikenessTests {
    @Test("Case and white space make no other answer; all else does", arguments: [
        ("Yes,  you can.", " yes, you\n\tCAN. ", true), ("", " \n", true), ("a b", "ab", false),
        ("Größe", "größe", true), ("ÄPFEL", "äpfel", false), ("14 days", "15 days", false),
    ])
    func groups(one: String, other: String, isSame: Bool) {
        #expect((AnswerGroup.of(one) == AnswerGroup.of(other)) == isSame)
        #expect(AnswerGroup.equals(one, other) == isSame)
    }

    @Test("Only the ends of the scale are called", arguments: [
        ("Send it back in the box.", "send it back in the  box.", nil, .same),
        ("Send it back in the box.", "Return it in the box.", nil, .unsure),
        ("Send it back in the box.", "Please send it back in the box.", 0.97, .same),
        ("Send it back in the box.", "Please send it back in the box.", 0.9, .unsure),
        ("Send it back in the box.", "We open at nine.", 0.2, .different),
        ("You have 14 days to return it.", "You have 30 days to return it.", 0.99, .different),
        ("You can return it.", "You cannot return it.", 0.99, .unsure),
    ] as [(String, String, Float?, AnswerLikeness.Verdict)])
    func ends(fresh: String, stored: String, cosine: Float?, verdict: AnswerLikeness.Verdict) {
        #expect(AnswerLikeness.verdict(fresh: fresh, stored: stored, cosine: cosine) == verdict)
    }

    @Test("A stored answer's text is that of its first choice")
    func text() {
        func entry(_ json: String) -> StoredEntry { SampleEntries().entry(1, answer: ByteBuffer(string: json)) }
        #expect(entry(#"{"choices":[{"message":{"content":"a"}},{"message":{"content":"b"}}]}"#).text == "a")
        #expect(entry(#"{"choices":[{"message":{"content":null}}]}"#).text == nil)
        #expect(entry(#"{"choices":[]}"#).text == nil)
        #expect(entry("no JSON").text == nil)
    }

    @Test("An operator's answers are told from a model's with the same text; no answer of a model looks like theirs")
    func operators() {
        let samples = (1...200).map { "Answer number \($0)" }
        for text in samples {
            #expect(!AnswerGroup.isOfOperator(AnswerGroup.of(text)))
            #expect(AnswerGroup.isOfOperator(AnswerGroup.ofOperator(text)))
            #expect(AnswerGroup.ofOperator(text) == AnswerGroup.ofOperator(" " + text.uppercased()))
        }
        #expect(Set(samples.map(AnswerGroup.ofOperator)).count == samples.count)
        for number in 1...200 { #expect(!AnswerGroup.isOfOperator(EntryKey(SampleEntries.id(number)).ownGroup)) }
    }

    @Test("The mirror knows the group of each row, also when it changes; an entry without one is a group of its own")
    func mirrored() throws {
        let samples = SampleEntries()
        let index = PartitionIndex(dimension: 16)
        func add(_ number: Int, group: UInt64?) {
            index.add(MirroredEntry(
                id: SampleEntries.id(number), partition: SampleEntries.partition(1), question: "?",
                expires: UnixTime.now() + .seconds(60), embedding: samples.vector(number), group: group))
        }
        func group(_ number: Int) -> UInt64? {
            index.chunks.flatMap(\.rows).compactMap(\.self).first { $0.id == SampleEntries.id(number) }?.group
        }
        add(1, group: 7)
        add(2, group: nil)
        add(3, group: nil)
        #expect(group(1) == 7)
        #expect(group(2) != nil && group(2) != group(3))
        add(1, group: 9)
        #expect(group(1) == 9)
    }
}
