internal import CLibcurl
import NIOCore

/// The owner of a `CURL`, of its header list and of the memory for its error text. Used again for one transfer
/// after the other; lives on the engine thread.
///
/// It remembers what it was set up for: the calls of one target differ by their bodies alone, and to tell libcurl
/// some twenty options and to copy the headers again is most of what a transfer costs this thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var headerList: UnsafeMutablePointer<curl_slist>?
    /// Keeps the bytes alive that libcurl sends from.
    private var body: ByteBuffer?
    /// What it was set up for, without its body; nil when it must be set up anew.
    private var setup: CurlRequest?

    init() throws(CurlError) {
        guard let pointer = curl_easy_init() else {
            throw CurlError(.engineFailed, "no memory for one more transfer")
        }
        self.pointer = pointer
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// Forgets all that it was set up for, but not its TLS session and DNS answer. The handle must not be in a multi
    /// handle.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(headerList)
        headerList = nil
        rest()
        setup = nil
    }

    /// Lets go of the last transfer, and stays set up for another one like it.
    func rest() {
        body = nil
        errorText[0] = 0
        for option in Self.contexts { _ = CLibcurl_easy_set_pointer(pointer, option, nil) }
    }

    /// What every callback of the transfer gets.
    /// - Parameter context: must stay valid until ``rest()``.
    func setContext(_ context: UnsafeRawPointer) throws(CurlError) {
        for option in Self.contexts { try check(CLibcurl_easy_set_pointer(pointer, option, context)) }
    }

    private static let contexts = [
        CURLOPT_PRIVATE, CURLOPT_PREREQDATA, CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_OPENSOCKETDATA,
    ]

    /// Remembers what it is set up for, if that may be used again: a signature is made for one body.
    func didSetUp(for request: CurlRequest) {
        guard request.signature == nil else { return }
        setup = request
        if request.body != nil { setup?.body = ByteBuffer() }
    }

    /// Whether nothing has to be told but the body.
    func isSetUp(for request: CurlRequest) -> Bool {
        guard let setup else { return false }
        return setup.url == request.url && setup.method == request.method
            && (setup.body == nil) == (request.body == nil)
            && setup.allowsPrivateAddresses == request.allowsPrivateAddresses
            && setup.deadlines.connect == request.deadlines.connect && request.signature == nil
            && setup.headers.elementsEqual(request.headers, by: ==)
    }

    /// Lets libcurl offer again what it held back; calls back before it returns.
    func unpause() -> CURLcode {
        curl_easy_pause(pointer, 0)
    }

    /// Connections opened for the transfer: 0 when one was reused.
    var connectionsOpened: Int {
        var count = 0
        return CLibcurl_easy_get_long(pointer, CURLINFO_NUM_CONNECTS, &count) == CURLE_OK ? count : 0
    }

    /// The transfer that `Transfer.prepare` put at this handle.
    static func transfer(of pointer: UnsafeMutableRawPointer) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard CLibcurl_easy_get_pointer(pointer, CURLINFO_PRIVATE, &context) == CURLE_OK, let context else {
            return nil
        }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// libcurl's account of what went wrong.
    func message(for code: CURLcode) -> String {
        errorText[0] != 0 ? String(cString: errorText) : String(cString: curl_easy_strerror(code))
    }

    // MARK: - Options

    func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
        try check(CLibcurl_easy_set_long(pointer, option, value))
    }

    /// libcurl copies the string.
    func set(_ option: CURLoption, _ value: String) throws(CurlError) {
        try check(CLibcurl_easy_set_string(pointer, option, value))
    }

    func set(_ option: CURLoption, callback: @escaping CLibcurl_bytes_callback) throws(CurlError) {
        try check(CLibcurl_easy_set_bytes_callback(pointer, option, callback))
    }

    func setPrerequisite(callback: @escaping CLibcurl_prereq_callback) throws(CurlError) {
        try check(CLibcurl_easy_set_prereq_callback(pointer, callback))
    }

    func setOpenSocket(callback: @escaping CLibcurl_open_socket_callback) throws(CurlError) {
        try check(CLibcurl_easy_set_open_socket_callback(pointer, callback))
    }

    func setErrorText() throws(CurlError) {
        try check(CLibcurl_easy_set_error_buffer(pointer, errorText))
    }

    /// Adds a header line to those of `applyHeaders`.
    func append(headerLine line: String) throws(CurlError) {
        guard let list = curl_slist_append(headerList, line) else {
            throw CurlError(.engineFailed, "no memory for a header line")
        }
        headerList = list
    }

    func applyHeaders() throws(CurlError) {
        guard let headerList else { return }
        try check(CLibcurl_easy_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
    }

    /// Sends `body` from where it lies, without a copy.
    func setBody(_ body: ByteBuffer) throws(CurlError) {
        self.body = body
        // First: where a copy is made, as of no bytes below, the size of the last body would count.
        try check(CLibcurl_easy_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.readableBytes)))
        let code = body.withUnsafeReadableBytesWithStorageManagement { bytes, _ in
            // The pointer outlives this closure: the storage is kept by `self.body`, which is never written to, and
            // whoever writes to another copy of the buffer gets storage of their own.
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return CLibcurl_easy_set_string(pointer, CURLOPT_COPYPOSTFIELDS, "")
            }
            return CLibcurl_easy_set_pointer(pointer, CURLOPT_POSTFIELDS, start)
        }
        try check(code)
    }

    private func check(_ code: CURLcode) throws(CurlError) {
        guard code != CURLE_OK else { return }
        throw CurlError(
            .engineFailed, "libcurl refused an option: \(String(cString: curl_easy_strerror(code)))",
            libcurlCode: Int(code.rawValue))
    }
}
