import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Proofs of thoughts stay in their conversation")
struct UnsignedAnswerTests {
    @Test("An answer that is kept has the texts of its thoughts and none of their proofs")
    func unsigned() throws {
        var answer = Answer()
        answer.choices = [AnswerChoice()]
        answer.choices[0].parts = [
            ContentPart(.thinking("hm", signature: "proof-1")), ContentPart(.redactedThinking("proof-2")), .text("yes"),
        ]
        answer.choices[0].finish = .stop
        let signed = ChatAnswer(answer)
        #expect(String(buffer: signed.json).contains("proof-1"))
        let kept = try ChatAnswerReader.read(signed.unsigned.json)
        #expect(kept.choices.first?.parts == [ContentPart(.thinking("hm", signature: nil)), .text("yes")])
        #expect(signed.unsigned.finishReasons == ["stop"] && signed.unsigned.text == "yes")
    }

    @Test("Forms of other gateways are known, and an answer without proofs keeps every byte", arguments: [
        (#""reasoning_details":[{"data":"proof"}],"#, ""), (#""extra_content":{"google":{"x":"proof"}},"#, ""),
        (#""provider_specific_fields":{"a":"proof"},"#, ""), (#""reasoning_content" : "hm", "#, nil),
    ])
    func forms(member: String, left: String?) {
        let body = #"{ "choices" : [{"message":{!"content":"a"},"finish_reason":"stop"}]}"#
        let whole = ByteBuffer(string: body.replacing("!", with: member))
        let answer = ChatAnswer(
            json: whole, model: nil, usage: nil, finishReasons: ["stop"], hasToolCalls: false, hasRefusal: false,
            text: "a")
        #expect(String(buffer: answer.unsigned.json) == body.replacing("!", with: left ?? member))
    }
}
