import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("What the gateway says of a response that it keeps")
struct ResponseLabelTests {
    private let label = ResponseLabel(id: "resp_own", previous: "resp_before")

    private func text(_ labelled: LabelledResponse?) -> String? { labelled.map { String(buffer: $0.json) } }

    @Test("A whole answer gets id, predecessor and whether it is kept; all other bytes stay as they are")
    func body() {
        let json = #"{"id":"resp_provider", "status":"completed","store":true,"previous_response_id":null,"output":[ 1]}"#
        let kept = label.body(ByteBuffer(string: json), isStored: true)
        #expect(
            text(kept)
                == #"{"id":"resp_own", "status":"completed","store":true,"previous_response_id":"resp_before","output":[ 1]}"#)
        #expect(kept?.isWhole == true)
        #expect(kept?.object.description == text(kept))
        #expect(text(label.body(ByteBuffer(string: json), isStored: false))?.contains(#""store":false"#) == true)
        let first = ResponseLabel(id: "resp_own", previous: nil)
        let opening = text(first.body(ByteBuffer(string: json), isStored: true))
        #expect(opening?.contains(#""previous_response_id":null"#) == true)
    }

    @Test("What failed or is under way cannot be gone on from, and does not say so", arguments: ["failed", "in_progress"])
    func unfinished(_ status: String) {
        let found = label.body(ByteBuffer(string: #"{"id":"x","status":"\#(status)"}"#), isStored: true)
        #expect(found?.isWhole == false)
        #expect(text(found)?.contains(#""store":false"#) == true)
    }

    @Test("Of a stream's events those about the response get the label, and only a good end says that it is kept")
    func events() {
        func event(_ type: String, _ status: String) -> LabelledResponse? {
            let data = #"{"type":"\#(type)","sequence_number":1,"response":{"id":"x","status":"\#(status)"}}"#
            return label.event(ByteBuffer(string: data), isStored: true)
        }
        for (type, status, isWhole) in [
            ("response.created", "in_progress", false), ("response.in_progress", "in_progress", false),
            ("response.failed", "failed", false), ("response.completed", "completed", true),
            ("response.incomplete", "incomplete", true), ("response.completed", "failed", false),
        ] {
            let found = event(type, status)
            #expect(found?.isWhole == isWhole, "\(type)")
            #expect(text(found)?.contains(#""id":"resp_own""#) == true, "\(type)")
            #expect(text(found)?.contains(#""store":\#(isWhole)"#) == true, "\(type)")
            #expect(found?.object.element?["id"]?.string == "resp_own", "\(type)")
        }
        for other in [#"{"type":"response.output_text.delta","delta":"response"}"#, "[DONE]", "{}", "[]",
            #"{"type":"error","response":{}}"#] {
            #expect(label.event(ByteBuffer(string: other), isStored: true) == nil, "\(other)")
        }
    }

    @Test("New ids have the dialect's prefix and 192 bits by chance")
    func newID() {
        let ids = Set((0..<1000).map { _ in ResponseLabel.newID() })
        #expect(ids.count == 1000)
        for id in ids {
            #expect(id.hasPrefix("resp_") && id.utf8.count == 53 && id.dropFirst(5).allSatisfy(\.isHexDigit))
        }
    }
}
