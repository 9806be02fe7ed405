/// Something in a message that is not text.
package struct Media: Sendable, Equatable {
    /// Where its bytes are.
    package enum Source: Sendable, Equatable {
        /// An address that the provider fetches.
        case url(String)
        /// The bytes, base64 as they came. The type is a media type in lower case without parameters.
        case inline(type: String, base64: String)
        /// A file that was uploaded to the provider before.
        case upload(id: String)
    }

    package var source: Source
    /// OpenAI's `detail` of an image: `low`, `high` or `auto`.
    package var detail: String?
    /// Of a file.
    package var name: String?

    package init(_ source: Source, detail: String? = nil, name: String? = nil) {
        self.source = source
        self.detail = detail
        self.name = name
    }

    /// Reads a `data:` URL (RFC 2397); nil for any other text, and for data that is not base64.
    ///
    /// Parameters of the type are left out: providers compare it with a list.
    package init?(dataURL: String, detail: String? = nil, name: String? = nil) {
        let scheme = "data:"
        guard dataURL.utf8.count > scheme.utf8.count, dataURL.prefix(5).lowercased() == scheme,
            let comma = dataURL.utf8.firstIndex(of: UInt8(ascii: ","))
        else { return nil }
        let head = dataURL[dataURL.index(dataURL.startIndex, offsetBy: 5)..<comma].split(
            separator: ";", omittingEmptySubsequences: false)
        guard head.dropFirst().contains(where: { $0.lowercased() == "base64" }) else { return nil }
        let type = head.first.map { $0.lowercased() } ?? ""
        self.init(
            .inline(
                type: type.isEmpty ? "text/plain" : type,
                base64: String(dataURL[dataURL.utf8.index(after: comma)...])),
            detail: detail, name: name)
    }

    /// As an address: what has one as it is, what is inline as a `data:` URL; nil for an upload.
    package var url: String? {
        switch source {
        case .url(let url): url
        case .inline(let type, let base64): "data:\(type);base64,\(base64)"
        case .upload: nil
        }
    }
}
