internal import GatewayCore

extension Media {
    /// Whose id of an uploaded file it is, as far as its form tells.
    enum Uploader { case anthropic, google, openAI }

    private var uploader: Uploader? {
        guard case .upload(let id) = source else { return nil }
        if id.hasPrefix("file_") { return .anthropic }
        if id.hasPrefix("files/") || id.contains("//generativelanguage.googleapis.com/") { return .google }
        return id.hasPrefix("file-") ? .openAI : nil
    }

    /// - Throws: `invalidRequest` for the id of a file that lies at another provider.
    func expectUpload(of provider: Uploader, at place: String) throws(GatewayError) {
        guard let uploader, uploader != provider else { return }
        throw .untranslatable(place, "a file that was uploaded to another provider")
    }

    /// OpenAI wants a name for bytes, by which it tells their kind.
    var fileName: String? {
        guard name == nil, case .inline(let type, _) = source else { return name }
        return "file." + (type.split(separator: "/").last.map(String.init) ?? "bin")
    }
}

extension ContentPart.Content {
    /// Nil for what is none.
    var media: Media? {
        switch self {
        case .image(let media), .audio(let media), .file(let media): media
        default: nil
        }
    }
}
