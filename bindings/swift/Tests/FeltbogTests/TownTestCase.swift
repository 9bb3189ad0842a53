import Feltbog
import Town
import XCTest

/// Tests in one town, which is there before the first of them and gone after the last.
class TownTestCase: XCTestCase {
    nonisolated(unsafe) private static var built: Result<Town, any Error>?

    override class func setUp() {
        built = Result { try Town() }
    }

    override class func tearDown() {
        built = nil
    }

    var town: Town {
        get throws { try XCTUnwrap(Self.built).get() }
    }

    /// The word with which something was refused.
    func refusal(_ what: () async throws -> Void) async throws -> String {
        do {
            try await what()
        } catch HostError.Refused(let code, let sentence, _) {
            XCTAssertTrue(sentence.hasSuffix("."), "no sentence: \(sentence)")
            return code
        }
        XCTFail("not refused")
        return ""
    }
}
