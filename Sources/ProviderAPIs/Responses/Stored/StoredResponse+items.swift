package import GatewayCore
package import NIOCore

extension StoredResponse {
    /// The list of what the model was given, as `GET /v1/responses/{id}/input_items` answers it.
    /// - Parameter id: of the response, of which the items' ids are made.
    /// - Throws: `invalidRequest` for a page behind an item that there is not.
    package func inputItems(_ page: ResponseItemsPage, id: String) throws(GatewayError) -> ByteBuffer {
        var items = items(id: id)
        if !page.isAscending { items.reverse() }
        if let after = page.after {
            guard let place = items.firstIndex(where: { $0.id == after }) else {
                throw GatewayError(.invalidRequest, "there is no item '\(after)' in this list", parameter: "after")
            }
            items.removeFirst(place + 1)
        }
        let shown = items.prefix(page.limit)
        var json = JSONWriter(capacity: 2048)
        json.object { json in
            json.member("object", "list")
            json.array("data") { json in for item in shown { json.json(item.json) } }
            if let first = shown.first { json.member("first_id", first.id) } else { json.null("first_id") }
            if let last = shown.last { json.member("last_id", last.id) } else { json.null("last_id") }
            json.member("has_more", shown.count < items.count)
        }
        return json.bytes
    }

    /// What is answered when a response was deleted.
    package static func deletion(of id: String) -> ByteBuffer {
        var json = JSONWriter()
        json.object {
            $0.member("id", id)
            $0.member("object", "response")
            $0.member("deleted", true)
        }
        return json.bytes
    }

    private func items(id: String) -> [(id: String, json: JSONText)] {
        let ids = ResponsesIDs(answer: id)
        var items: [(id: String, json: JSONText)] = []
        for message in input {
            var writer = ResponsesInputWriter()
            var json = JSONWriter()
            // What this dialect has no item for cannot have come from its client.
            guard
                (try? json.array { (json) throws(GatewayError) in try writer.write(message, at: "input", to: &json) })
                    != nil, let list = try? JSONDocument(json.bytes, depthLimit: Self.depthLimit).root
            else { continue }
            for item in list.elements {
                let own = item["id"]?.string ?? ids.item(Self.kind(of: item), at: items.count)
                items.append((own, Self.whole(item, id: own)))
            }
        }
        return items
    }

    /// An item of a request as one of a list: with what a request may leave out.
    private static func whole(_ item: JSONElement, id: String) -> JSONText {
        var json = JSONWriter()
        json.object { json in
            json.member("id", id)
            if item["type"] == nil { json.member("type", "message") }
            for member in item.members where member.name != "id" { json.member(member.name, JSONText(member.value)) }
            if item["status"] == nil, item["type"]?.string != "reasoning" { json.member("status", "completed") }
        }
        return JSONText(valid: json.bytes)
    }

    private static func kind(of item: JSONElement) -> String {
        switch item["type"]?.string {
        case "message", nil: "msg"
        case "function_call": "fc"
        case "function_call_output": "fco"
        case "reasoning": "rs"
        case .some: "item"
        }
    }
}
