import Testing

@testable import Pipeline

@Suite("Reading what a judge says")
struct JudgeVerdictTests {
    @Test(
        "A plain word counts, whatever models put around it",
        arguments: [
            "yes", "Yes.", "YES", " yes\n", "**Yes**", "`yes`", "\"yes\"", "Answer: yes", "My verdict is: Yes!",
            "Final answer: **yes**", "yes, the answer covers both.", #"{"verdict":"yes"}"#, #"{"answer": true}"#,
            "```json\n{\"verdict\": \"Yes\"}\n```", "<think>Hmm, no? Or unsure …</think>\nyes",
        ])
    func yes(reply: String) { #expect(JudgeVerdict(reading: reply) == .yes, "\(reply)") }

    @Test(
        "A no is a no, also with reasons",
        arguments: [
            "no", "No.", "NO", "no\n", "**No** – the years differ.", "No, although yes would fit if", "Answer: no",
            #"{"verdict":"no","reason":"yes"}"#, #"{"result": false}"#, "<think>yes</think>no",
        ])
    func no(reply: String) { #expect(JudgeVerdict(reading: reply) == .no, "\(reply)") }

    @Test(
        "Doubt in any words is doubt, and so is a yes that is taken back",
        arguments: [
            "unsure", "Unsure.", "I am not sure", "uncertain", "It depends", "Maybe", "yes and no",
            "Yes, but I am not certain", "Partly", #"{"verdict":"unsure"}"#, "I cannot tell",
            "Yes. No.", "possibly yes",
        ])
    func unsure(reply: String) { #expect(JudgeVerdict(reading: reply) == .unsure, "\(reply)") }

    @Test(
        "What is no verdict teaches nothing",
        arguments: [
            "", " \n", "42", "…", "The questions are about trains.", "{}", #"{"other":"yes"}"#, "<think>yes",
            "Yesterday", "nope", "None", "I can't help with that.", "{\"verdict\": 3}", "🙂",
        ])
    func unreadable(reply: String) { #expect(JudgeVerdict(reading: reply) == .unreadable, "\(reply)") }

    @Test("A verdict inside a verdict is none")
    func nested() {
        #expect(JudgeVerdict(reading: #"{"verdict":"{\"verdict\":\"yes\"}"}"#) == .unreadable)
    }
}
