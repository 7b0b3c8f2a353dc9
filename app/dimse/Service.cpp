#include "app/dimse/Service.h"
#include "app/dimse/Elements.h"
#include "core/base/Oid.h"
#include "core/imaging/dimse/DimseProtocol.h"
#include "core/imaging/dimse/DimseTypes.h"
#include "core/imaging/dimse/Errors.h"

#include <sys/mman.h>
#include <unistd.h>

namespace naru::dimse {

namespace errors = imaging::dimse::errors;
namespace protocol = imaging::dimse::protocol;
namespace wire = imaging::wire;

namespace {
constexpr qsizetype MostIdentifier = 4 * 1024 * 1024;
constexpr int AfterCancel = 1000; // answers that may still come
constexpr quint32 FailedUidsTag = 0x00080058;
constexpr quint16 DestinationUnknown = 0xA801; // PS3.4 C.4.2.1.5
constexpr quint16 Cancelled = 0xFE00;

// Whether what a C-FIND brought before this last status is an answer. Some archives end a long list with
// "out of resources" or a warning: its beginning is of use, as long as nobody takes it for the whole.
bool endsAnswer(quint16 status, int matches, bool cancelled)
{
    return status == 0 || status == Cancelled || cancelled || (status & 0xF000) == 0xB000
        || ((status & 0xFF00) == 0xA700 && matches > 0);
}

QByteArray ascii(const QCborMap &map, protocol::Key key)
{
    return map.value(qint64(key)).toString().toLatin1();
}

void putError(const base::Error &error, QCborMap &answer)
{
    answer.insert(qint64(protocol::Ok), false);
    answer.insert(qint64(protocol::ErrorCode), QString::fromLatin1(error.code.id));
    QCborMap arguments;
    for (auto it = error.arguments.cbegin(); it != error.arguments.cend(); ++it)
        arguments.insert(it.key(), it.value());
    answer.insert(qint64(protocol::ErrorArguments), arguments);
}

base::Error refusal(const Command &answer)
{
    if (answer.field == (field::MoveRq | field::Response) && *answer.status == DestinationUnknown)
        return base::Error(errors::Destination);
    return base::Error(errors::Status, {},
        {{QStringLiteral("status"), QString::number(*answer.status, 16).toUpper().rightJustified(4, u'0')},
            {QStringLiteral("why"), QString::fromLatin1(answer.comment).simplified().left(64)}});
}

QByteArray oid(const char *name)
{
    return base::oid(name).text().toLatin1();
}

// The descriptor's bytes as long as it lives.
class Mapped {
public:
    explicit Mapped(int descriptor)
    {
        const off_t end = ::lseek(descriptor, 0, SEEK_END);
        if (end <= 0)
            return;
        m_size = std::size_t(end);
        m_memory = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    }
    ~Mapped()
    {
        if (m_memory != MAP_FAILED)
            ::munmap(m_memory, m_size);
    }
    Mapped(const Mapped &) = delete;
    Mapped &operator=(const Mapped &) = delete;
    const char *data() const
    {
        return m_memory == MAP_FAILED ? nullptr : static_cast<const char *>(m_memory);
    }
    qint64 size() const { return qint64(m_size); }

private:
    void *m_memory = MAP_FAILED;
    std::size_t m_size = 0;
};

// Where the data set begins: behind preamble and meta header where a file has them.
qint64 dataSetStart(int descriptor)
{
    const auto source = std::make_shared<const imaging::ByteSource>(descriptor);
    const qint64 start = source->bytes(128, 4) == "DICM" ? 132 : source->bytes(0, 4) == "DICM" ? 4 : 0;
    return start == 0 ? 0 : imaging::DataSet::readMeta(source, start).end();
}
} // namespace

base::Status Service::tellParent(const QCborMap &event)
{
    // Without a parent nobody needs this process.
    return wire::send(m_socket, event) ? base::Status() : base::Status(errors::Program);
}

base::Result<wire::Message> Service::askParent(const QCborMap &event, const std::vector<int> &descriptors)
{
    wire::Message answer;
    if (!wire::send(m_socket, event, descriptors)
        || wire::receive(m_socket, answer, protocol::MaximumMessage) != wire::Got::Message)
        return errors::Program;
    return answer;
}

// The answer to a request; whatever else comes in between breaks the protocol.
base::Result<Message> Service::answerTo(quint16 id, quint16 expected)
{
    NARU_ASSIGN(const Message message, m_link.receive());
    if (message.command.field != (expected | field::Response) || message.command.respondsTo != id
        || !message.command.status) {
        m_link.abort();
        return errors::Garbage;
    }
    return message;
}

base::Status Service::associate(const Wire &request, QCborMap &answer)
{
    std::vector<Offer> offers;
    const QCborArray contexts = request.map.value(qint64(protocol::Contexts)).toArray();
    for (const QCborValue &one : contexts) {
        const QCborArray context = one.toArray();
        Offer offer{context.at(0).toString().toLatin1(), {}, context.at(1).toInteger() == protocol::Provider};
        for (const QCborValue &syntax : context.at(2).toArray())
            offer.syntaxes.append(syntax.toString().toLatin1());
        offers.push_back(offer);
    }
    NARU_ASSIGN(const std::vector<QByteArray> got, m_link.associate(offers));
    QCborArray accepted;
    for (const QByteArray &syntax : got)
        accepted.append(QString::fromLatin1(syntax));
    answer.insert(qint64(protocol::Accepted), accepted);
    return {};
}

base::Status Service::echo()
{
    const Accepted *context = m_link.contextFor(oid("sopVerification"));
    if (!context)
        return errors::Context;
    Command ask;
    ask.field = field::EchoRq;
    ask.id = m_link.nextId();
    ask.affectedClass = context->abstractSyntax;
    NARU_TRY(m_link.send(context->id, ask));
    NARU_ASSIGN(const Message answer, answerTo(*ask.id, field::EchoRq));
    return *answer.command.status == 0 ? base::Status() : base::Status(refusal(answer.command));
}

base::Status Service::readMatch(const Message &message, const Accepted &context, const QCborArray &wanted)
{
    NARU_ASSIGN(const QByteArray bytes, m_link.receiveData(message.context, MostIdentifier));
    auto set = readElements(bytes, context.syntax);
    if (!set) {
        m_link.abort();
        return set.error();
    }
    return tellParent(
        {{qint64(protocol::Verb), int(protocol::Matched)}, {qint64(protocol::Values), texts(*set, wanted)}});
}

base::Status Service::find(const Wire &request, QCborMap &answer)
{
    const QCborArray dataset = request.map.value(qint64(protocol::Dataset)).toArray();
    const Accepted *context = m_link.contextFor(ascii(request.map, protocol::SopClass));
    if (!context)
        return errors::Context;
    const QByteArray body = encodeElements(dataset, context->syntax == oid("tsExplicitLE"));
    Command ask;
    ask.field = field::FindRq;
    ask.id = m_link.nextId();
    ask.affectedClass = context->abstractSyntax;
    ask.priority = 0;
    ask.hasData = true;
    NARU_TRY(m_link.send(context->id, ask, body.constData(), body.size()));
    int matches = 0;
    bool cancelled = false;
    while (true) {
        NARU_ASSIGN(const Message message, answerTo(*ask.id, field::FindRq));
        if (!message.command.isPending()) {
            const quint16 status = *message.command.status;
            answer.insert(qint64(protocol::More), cancelled || status != 0);
            return endsAnswer(status, matches, cancelled) ? base::Status()
                                                          : base::Status(refusal(message.command));
        }
        if (!message.command.hasData || message.context != context->id) {
            m_link.abort();
            return errors::Garbage;
        }
        if (++matches <= m_setup.matches) {
            NARU_TRY(readMatch(message, *context, dataset));
            continue;
        }
        NARU_TRY(m_link.receiveData(message.context, [](const char *, qsizetype) { return base::Status(); }));
        Command cancel;
        cancel.field = field::CancelRq;
        cancel.respondsTo = ask.id;
        if (!cancelled)
            NARU_TRY(m_link.send(context->id, cancel));
        cancelled = true;
        if (matches > m_setup.matches + AfterCancel) { // it does not listen
            m_link.abort();
            answer.insert(qint64(protocol::More), true);
            return {};
        }
    }
}

base::Status Service::readCounts(const Message &message, QCborMap &out)
{
    const Command &command = message.command;
    out.insert(qint64(protocol::Counts),
        QCborArray{command.completed.value_or(0), command.failed.value_or(0), command.warning.value_or(0),
            command.remaining.value_or(0)});
    out.insert(qint64(protocol::Status), int(*command.status));
    if (!command.hasData)
        return {};
    const Accepted *context = m_link.context(message.context);
    NARU_ASSIGN(const QByteArray bytes, m_link.receiveData(message.context, MostIdentifier));
    if (const auto set = readElements(bytes, context ? context->syntax : QByteArray()))
        out.insert(qint64(protocol::FailedUids),
            QCborArray::fromStringList(uids(*set, FailedUidsTag, protocol::MaximumUids)));
    return {};
}

base::Status Service::retrieve(const Wire &request, QCborMap &answer, bool get)
{
    const Accepted *context = m_link.contextFor(ascii(request.map, protocol::SopClass));
    if (!context)
        return errors::Context;
    const QByteArray body = encodeElements(
        request.map.value(qint64(protocol::Dataset)).toArray(), context->syntax == oid("tsExplicitLE"));
    Command ask;
    ask.field = get ? field::GetRq : field::MoveRq;
    ask.id = m_link.nextId();
    ask.affectedClass = context->abstractSyntax;
    ask.priority = 0;
    ask.hasData = true;
    ask.destination = ascii(request.map, protocol::Destination);
    const int patience = int(request.map.value(qint64(protocol::Seconds)).toInteger()); // 0: as set
    NARU_TRY(m_link.send(context->id, ask, body.constData(), body.size()));
    while (true) {
        NARU_ASSIGN(const Message message, m_link.receive(patience));
        if (get && message.command.field == field::StoreRq) {
            NARU_TRY(takeInstance(message, m_setup.calledAe));
            continue;
        }
        if (message.command.field != (ask.field | field::Response) || message.command.respondsTo != ask.id
            || !message.command.status) {
            m_link.abort();
            return errors::Garbage;
        }
        QCborMap counts{{qint64(protocol::Verb), int(protocol::Progress)}};
        NARU_TRY(readCounts(message, counts));
        const quint16 status = *message.command.status;
        if (message.command.isPending()) {
            NARU_TRY(tellParent(counts));
            continue;
        }
        // B000: done, but not everything; A702: every one failed. Both have counts that say so.
        const bool counted = status == 0 || status == 0xB000 || message.command.failed.value_or(0) > 0;
        for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
            if (it.key().toInteger() != protocol::Verb)
                answer.insert(it.key(), it.value());
        }
        return counted ? base::Status() : base::Status(refusal(message.command));
    }
}

base::Status Service::store(const Wire &request, QCborMap &answer)
{
    const QByteArray sopClass = ascii(request.map, protocol::SopClass);
    const Accepted *context = m_link.contextFor(sopClass, ascii(request.map, protocol::Syntax));
    if (request.descriptors.size() != 1)
        return errors::Invalid;
    if (!context)
        return m_link.isOpen() ? errors::Context : errors::Lost;
    const int descriptor = request.descriptors.front().get();
    const Mapped file(descriptor);
    const qint64 begin = dataSetStart(descriptor);
    if (!file.data() || begin >= file.size())
        return errors::Invalid;
    Command ask;
    ask.field = field::StoreRq;
    ask.id = m_link.nextId();
    ask.affectedClass = sopClass;
    ask.affectedInstance = ascii(request.map, protocol::SopUid);
    ask.priority = 0;
    ask.hasData = true;
    NARU_TRY(m_link.send(context->id, ask, file.data() + begin, file.size() - begin));
    NARU_ASSIGN(const Message message, answerTo(*ask.id, field::StoreRq));
    answer.insert(qint64(protocol::Status), int(*message.command.status));
    answer.insert(qint64(protocol::Comment), QString::fromLatin1(message.command.comment));
    if (message.command.hasData) // PS3.7 9.1.1 has none; some peers send one
        return m_link.receiveData(message.context, [](const char *, qsizetype) { return base::Status(); });
    return {};
}

base::Status Service::carryOut(Wire &request, QCborMap &answer)
{
    switch (request.map.value(qint64(protocol::Verb)).toInteger()) {
    case protocol::Associate:
        return associate(request, answer);
    case protocol::Release:
        m_link.release();
        return {};
    case protocol::Echo:
        return echo();
    case protocol::Find:
        return find(request, answer);
    case protocol::Get:
        return retrieve(request, answer, true);
    case protocol::Move:
        return retrieve(request, answer, false);
    case protocol::Store:
        return store(request, answer);
    case protocol::Commit:
        return commit(request);
    case protocol::Accept:
        return accept(request);
    default:
        return errors::Invalid;
    }
}

int Service::run()
{
    if (!wire::send(m_socket,
            {{qint64(protocol::Verb), int(protocol::Ready)},
                {qint64(protocol::Version), protocol::CurrentVersion}}))
        return 1;
    while (true) {
        wire::Message request;
        if (wire::receive(m_socket, request, protocol::MaximumMessage) != wire::Got::Message)
            return 0;
        QCborMap answer{{qint64(protocol::Verb), int(protocol::Done)}};
        base::Status status;
        try {
            status = carryOut(request, answer);
        } catch (const std::exception &) { // the memory limit, as a rule
            m_link.abort();
            status = errors::TooLarge;
        }
        if (status)
            answer.insert(qint64(protocol::Ok), true);
        else
            putError(status.error(), answer);
        if (!wire::send(m_socket, answer))
            return 0;
    }
}

} // namespace naru::dimse
