// Registry answers and SOAP envelopes of any kind: never a crash, never more than the budget.
// rooms: ihe
#include "core/ihe/ebxml/EbXml.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    if (naru::base::Result<naru::ihe::RegistryAnswer> answer = naru::ihe::readRegistryAnswer(bytes)) {
        // What was read can be written and read again.
        const QByteArray again = naru::ihe::writeSubmitObjects(answer->content);
        (void)naru::ihe::checkReply(answer->soap, {}, {}).ok();
        (void)again.size();
    }
    if (naru::base::Result<naru::ihe::SoapReply> reply = naru::ihe::readEnvelope(bytes))
        (void)naru::ihe::checkReply(*reply, {}, {}).ok();
    return 0;
}
