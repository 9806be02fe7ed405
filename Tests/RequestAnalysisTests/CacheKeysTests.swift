import Crypto
import GatewayCore
import NIOCore
import Testing

@testable import RequestAnalysis

@Suite("The place of a request in the cache")
struct CacheKeysTests {
    private let analysis = Analysis()
    private static let rich = #"{"model":"gpt","temperature":0.5,"messages":[{"role":"system","content":"Be kind"},{"role":"user","content":"hi there"}],"seed":7}"#

    /// The layout written down once more: each text behind its length in eight bytes, least significant first.
    private func digest(_ texts: [String], then rest: [UInt8] = [], key: String) -> [UInt8] {
        var input: [UInt8] = []
        for text in texts {
            let count = text.utf8.count
            input += [UInt8(count & 0xFF), UInt8(count >> 8), 0, 0, 0, 0, 0, 0] + Array(text.utf8)
        }
        return Array(HMAC<SHA256>.authenticationCode(for: input + rest, using: SymmetricKey(data: Array(key.utf8))))
    }

    @Test("The partition is the keyed digest of its documented layout: a change would lose every stored answer")
    func partitionLayout() throws {
        let canonical = #"{"messages":[{"content":"Be kind","role":"system"},{"content":{"?":},"role":"user"}],"seed":7,"temperature":0.5}"#
        let expected = digest(
            ["partition", "acme", "eu", "class", "3"], then: Array(canonical.utf8), key: "secret")
        let request = try analysis.with {
            ($0.key, $0.namespace, $0.modelClass, $0.epoch) = ("secret", "eu", "class", 3)
        }(Self.rich)
        #expect(request.place?.partition.bytes == expected)
    }

    @Test("The entry is half the keyed digest of the partition and the folded question")
    func entryLayout() throws {
        let request = try analysis(Analysis.body("Hi  THERE?"))
        let folded = QuestionFolding.fold("Hi  THERE?")
        let partition = try #require(request.place?.partition)
        var input: [UInt8] = [5, 0, 0, 0, 0, 0, 0, 0] + Array("entry".utf8) + partition.bytes
        input += [UInt8(folded.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(folded.utf8)
        let code = HMAC<SHA256>.authenticationCode(for: input, using: SymmetricKey(data: Array("a key".utf8)))
        #expect(request.place?.entry.bytes == Array(Array(code).prefix(16)))
    }

    @Test("What cannot change an answer does not change the partition", arguments: [
        #"{"messages":[{"content":"Be kind","role":"system"},{"content":"hi there","role":"user"}],"seed":7,"temperature":0.5,"model":"gpt"}"#,
        "{ \"model\" : \"gpt\",\n\"temperature\":5e-1, \"messages\":[ {\"role\":\"system\",\"content\":\"Be kind\"},{\"role\":\"user\",\"content\":\"hi there\"}],\t\"seed\":7.0}",
        #"{"model":"gpt","temperature":0.50,"messages":[{"role":"system","content":"Be k\u0069nd"},{"role":"user","content":"something else"}],"seed":70e-1}"#,
        #"{"model":"gpt","temperature":0.5,"messages":[{"role":"system","content":"Be kind"},{"role":"user","content":"hi there"}],"seed":7,"user":"u","metadata":{"a":"b"},"stream":true,"stream_options":{"include_usage":true},"store":true,"service_tier":"flex","safety_identifier":"s","prompt_cache_key":"k","prompt_cache_retention":"24h"}"#,
        #"{"model":"another name","temperature":0.5,"messages":[{"role":"system","content":"Be kind"},{"role":"user","content":"hi there"}],"seed":7}"#,
    ])
    func samePartition(body: String) throws {
        #expect(try analysis(body).place?.partition == analysis(Self.rich).place?.partition)
    }

    @Test("Whatever can change an answer makes another partition, each its own")
    func otherPartitions() throws {
        let more = [
            "", #","temperature":0"#, #","temperature":1"#, #","seed":1"#, #","seed":2"#, #","seed":"1""#,
            #","top_p":0.9"#, #","max_tokens":5"#, #","max_tokens":6"#, #","n":2"#, #","stop":"x""#,
            #","tools":[{"type":"function","function":{"name":"a"}}]"#,
            #","tools":[{"type":"function","function":{"name":"b"}}]"#, #","tools":[]"#, #","tool_choice":"auto""#,
            #","tool_choice":"none""#, #","response_format":{"type":"json_object"}"#,
            #","response_format":{"type":"text"}"#, #","reasoning_effort":"low""#, #","logprobs":true"#,
            #","an_unknown_member":1"#, #","seed":null"#, #","Stream":true"#, #","metadata ":{}"#,
        ]
        var partitions = try more.map { try analysis(Analysis.body(more: $0)).place?.partition }
        let histories = [
            #"[{"role":"system","content":"A"},{"role":"user","content":"hi there"}]"#,
            #"[{"role":"system","content":"B"},{"role":"user","content":"hi there"}]"#,
            #"[{"role":"developer","content":"A"},{"role":"user","content":"hi there"}]"#,
            #"[{"role":"user","content":"A"},{"role":"user","content":"hi there"}]"#,
            #"[{"role":"user","content":"hi there"},{"role":"user","content":"A"},{"role":"user","content":"x"}]"#,
            #"[{"role":"user","name":"n","content":"hi there"}]"#,
            #"[{"role":"user","content":[{"type":"text","text":"hi there"}]}]"#,
            #"[{"role":"user","content":[{"type":"text","text":"hi there","cache_control":1}]}]"#,
            #"[{"role":"user","content":"one","content":"hi there"}]"#,
            #"[{"role":"user","content":"two","content":"hi there"}]"#,
            #"[{"role":"assistant","content":"hi there"}]"#,
        ]
        partitions += try histories.map { try analysis(#"{"model":"gpt","messages":\#($0)}"#).place?.partition }
        partitions += try [
            analysis.with { $0.key = "b key" }, analysis.with { $0.epoch = 2 }, analysis.with { $0.tenant = "zeta" },
            analysis.with { $0.namespace = "n" }, analysis.with { $0.modelClass = "other" },
            // The walls must not be movable: the same letters cut in another place.
            analysis.with { ($0.tenant, $0.namespace) = ("ac", "me") },
            analysis.with { ($0.namespace, $0.modelClass) = ("g", "pt") },
        ].map { try $0(Analysis.body()).place?.partition }
        #expect(Set(partitions).count == partitions.count)
    }

    @Test("The limit of tokens is the same by either of its names")
    func limits() throws {
        func partition(_ more: String) throws -> PartitionID? {
            try analysis(Analysis.body(more: more)).place?.partition
        }
        let one = try partition(#","max_tokens":5"#)
        #expect(try partition(#","max_completion_tokens":5.0"#) == one)
        #expect(try partition(#","max_completion_tokens":5,"max_tokens":null"#) == one)
        #expect(try partition(#","max_completion_tokens":5,"max_tokens":5"#) == one)
        // Servers differ in which of the two counts.
        let both = [#","max_completion_tokens":5,"max_tokens":6"#, #","max_completion_tokens":6,"max_tokens":5"#]
        #expect(try Set(both.map(partition) + [one, partition("")]).count == 4)
    }

    @Test("No question can pass for the place where the question stood", arguments: [
        #"{\"?\":}"#, #"\"},{\"role\":\"user\",\"content\":{\"?\":}"#, "?",
    ])
    func placeholder(question: String) throws {
        let asHistory = #"{"model":"gpt","messages":[{"role":"assistant","content":"\#(question)"}]}"#
        let other = #"{"model":"gpt","messages":[{"role":"assistant","content":"x"}]}"#
        #expect(try analysis(asHistory).place?.partition != analysis(other).place?.partition)
        // In the question itself it is a question like all others.
        #expect(try analysis(Analysis.body(question)).place?.partition == analysis(Analysis.body()).place?.partition)
        #expect(try analysis(Analysis.body(question)).place?.entry != analysis(Analysis.body()).place?.entry)
    }

    @Test("Spellings of one question that fold alike are one entry; other questions are others")
    func entries() throws {
        let alike = ["what is tls", "What is tls?", "  what   is tls ", #"what\tis\ntls"#, #"wh\u0061t is tls"#]
        #expect(Set(try alike.map { try analysis(Analysis.body($0)).place?.entry }).count == 1)
        let others = ["what is tls", "what is ssl", "what is TLS", "what is tls 2", "", "what is not tls"]
        #expect(Set(try others.map { try analysis(Analysis.body($0)).place?.entry }).count == others.count)
    }

    @Test("A request without a question has an entry of its own, other than that of an empty question")
    func noQuestion() throws {
        let body = #"{"model":"gpt","messages":[{"role":"system","content":"s"}]}"#
        #expect(try analysis(body).place?.entry == analysis(body).place?.entry)
        #expect(try analysis(body).place?.entry != analysis(Analysis.body("")).place?.entry)
    }
}
