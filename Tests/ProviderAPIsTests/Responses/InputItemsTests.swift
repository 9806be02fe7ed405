import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("The list of what a response was given")
struct InputItemsTests {
    private func stored() throws -> StoredResponse {
        let request = try ResponsesRequestTests.read(
            #"""
            {"model":"m","instructions":"Be brief.","input":[
              {"role":"user","content":"Weather?"},
              {"type":"function_call","call_id":"c1","name":"weather","arguments":"{}"},
              {"type":"function_call_output","call_id":"c1","output":"12"},
              {"role":"user","content":[{"type":"input_image","image_url":"https://a.example/b.png"}]}]}
            """#, keepsResponses: true)
        return StoredResponse(request: request, response: .emptyObject)
    }

    private func page(_ query: [(String, String)]) throws -> JSONElement {
        let page = try ResponseItemsPage(query: query.map { (name: $0.0, value: $0.1) })
        return try JSONDocument(try stored().inputItems(page, id: "resp_1")).root
    }

    @Test("The newest come first, each with id, type and status, and without the instructions")
    func whole() throws {
        let root = try page([])
        let items = Array(try #require(root["data"]).elements)
        #expect(root["object"]?.string == "list" && root["has_more"]?.bool == false)
        #expect(
            items.map { $0["type"]?.string } == ["message", "function_call_output", "function_call", "message"])
        #expect(items.allSatisfy { $0["status"]?.string == "completed" })
        #expect(Set(items.compactMap { $0["id"]?.string }).count == 4)
        #expect(root["first_id"]?.string == items[0]["id"]?.string && root["last_id"]?.string == items[3]["id"]?.string)
        #expect(items[3]["role"]?.string == "user")
        let said = items[3]["content"]?.elements.first { _ in true }
        #expect(said?["type"]?.string == "input_text" && said?["text"]?.string == "Weather?")
        #expect(items[1]["output"]?.string == "12" && items[2]["call_id"]?.string == "c1")
        let image = items[0]["content"]?.elements.first { _ in true }
        #expect(image?["image_url"]?.string == "https://a.example/b.png")
    }

    @Test("Pages follow one another by the last item's id, in either order")
    func pages() throws {
        for order in ["asc", "desc"] {
            let all = try page([("order", order)])["data"]?.elements.compactMap { $0["id"]?.string } ?? []
            var seen: [String] = []
            var isMore = true
            while isMore {
                let root = try page([("order", order), ("limit", "3")] + (seen.last.map { [("after", $0)] } ?? []))
                seen += root["data"]?.elements.compactMap { $0["id"]?.string } ?? []
                isMore = root["has_more"]?.bool == true
            }
            #expect(seen == all && all.count == 4, "\(order)")
        }
        let last = try #require(try page([])["last_id"]?.string)
        let behind = try page([("after", last)])
        #expect(behind["data"]?.elements.contains { _ in true } == false && behind["first_id"]?.isNull == true)
    }

    @Test("A page that there is not is refused with the parameter at fault", arguments: [
        ("limit", "0"), ("limit", "101"), ("limit", "x"), ("order", "up"), ("after", "msg_none"),
    ])
    func refused(_ name: String, _ value: String) {
        let error = #expect(throws: GatewayError.self) { try page([(name, value)]) }
        #expect(error?.parameter == name && error?.code == .invalidRequest)
    }
}
