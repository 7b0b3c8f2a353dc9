// What peers send us: instances and storage commitment reports (a part of Service).
#include "app/dimse/Elements.h"
#include "app/dimse/InstanceFile.h"
#include "app/dimse/Service.h"
#include "core/base/Oid.h"
#include "core/imaging/dimse/DimseProtocol.h"
#include "core/imaging/dimse/DimseTypes.h"
#include "core/imaging/dimse/Errors.h"

#include <QtEndian>

#include <chrono>

namespace naru::dimse {

namespace errors = imaging::dimse::errors;
namespace protocol = imaging::dimse::protocol;
namespace wire = imaging::wire;

namespace {
constexpr quint16 Success = 0x0000, OutOfResources = 0xA700, CannotUnderstand = 0xC000, NoSuchClass = 0x0118,
                  UnrecognizedOperation = 0x0211, ClassMismatch = 0xA900, InvalidUid = 0x0117,
                  ProcessingFailure = 0x0110;
constexpr quint32 TransactionTag = 0x00081195, ReferencedTag = 0x00081199, FailedTag = 0x00081198,
                  ReasonTag = 0x00081197, ClassTag = 0x00081150, UidTag = 0x00081155;
constexpr qsizetype MostReport = 16 * 1024 * 1024;
constexpr qint64 ElementsOfName = 4; // its item, class, instance and the reason
constexpr int IdleSeconds = 60; // between messages of one association
constexpr qint64 BeatMs = 2000;

qint64 now()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}
} // namespace

base::Status Service::takeInstance(const Message &message, const QByteArray &sender)
{
    const Accepted *context = m_link.context(message.context);
    const Command &command = message.command;
    if (!context || !command.hasData || !command.id) {
        m_link.abort();
        return errors::Garbage;
    }
    const QByteArray syntax = context->syntax;
    const bool valid = imaging::dimse::validUid(text(command.affectedInstance))
        && imaging::dimse::validUid(text(command.affectedClass));
    NARU_ASSIGN(const auto file, InstanceFile::make(command, syntax, sender, m_setup.instanceBytes));
    NARU_TRY(m_link.receiveData(message.context, [&](const char *data, qsizetype size) -> base::Status {
        if (const qint64 moment = now(); moment - m_beat > BeatMs) {
            m_beat = moment;
            NARU_TRY(tellParent({{qint64(protocol::Verb), int(protocol::Progress)}}));
        }
        return file->append(data, size);
    }));
    if (!valid)
        return m_link.send(message.context, command.response(InvalidUid));
    if (command.affectedClass != context->abstractSyntax)
        return m_link.send(message.context, command.response(NoSuchClass));
    if (!file->isWhole(command, syntax))
        return m_link.send(message.context, command.response(CannotUnderstand));
    if (!file->seal())
        return m_link.send(message.context, command.response(OutOfResources));
    NARU_ASSIGN(const wire::Message answer,
        askParent({{qint64(protocol::Verb), int(protocol::Arrived)},
                      {qint64(protocol::SopClass), text(command.affectedClass)},
                      {qint64(protocol::SopUid), text(command.affectedInstance)},
                      {qint64(protocol::Syntax), text(syntax)}, {qint64(protocol::CallingAe), text(sender)},
                      {qint64(protocol::Size), file->size()}},
            {file->descriptor()}));
    const bool kept = answer.map.value(qint64(protocol::Ok)).toBool();
    const qint64 why = answer.map.value(qint64(protocol::Status)).toInteger(OutOfResources);
    return m_link.send(message.context, command.response(kept ? Success : quint16(why)));
}

base::Status Service::takeReport(const Message &message)
{
    const Accepted *context = m_link.context(message.context);
    const Command &command = message.command;
    if (!context || !command.hasData || !command.eventType) {
        m_link.abort();
        return errors::Garbage;
    }
    NARU_ASSIGN(const QByteArray bytes, m_link.receiveData(message.context, MostReport));
    const auto set =
        readElements(bytes, context->syntax, MostElements + ElementsOfName * protocol::MaximumUids);
    if (!set) {
        m_link.abort();
        return set.error();
    }
    QCborArray committed, failed;
    for (const imaging::DataSet &item : set->items(ReferencedTag, protocol::MaximumUids))
        committed.append(QCborArray{item.ascii(ClassTag), item.ascii(UidTag)});
    for (const imaging::DataSet &item : set->items(FailedTag, protocol::MaximumUids))
        failed.append(QCborArray{item.ascii(ClassTag), item.ascii(UidTag), item.integer(ReasonTag, "US")});
    // Success only when the report is kept: whoever was told so does not send it again.
    NARU_ASSIGN(const wire::Message kept,
        askParent({{qint64(protocol::Verb), int(protocol::Committed)},
                      {qint64(protocol::Transaction), set->ascii(TransactionTag)},
                      {qint64(protocol::Instances), committed}, {qint64(protocol::Failures), failed}},
            {}));
    const bool good = kept.map.value(qint64(protocol::Ok)).toBool();
    return m_link.send(message.context, command.response(good ? Success : ProcessingFailure));
}

base::Status Service::commit(const Wire &request)
{
    const Accepted *context = m_link.contextFor(base::oid("sopCommitment").text().toLatin1());
    if (!context)
        return errors::Context;
    QCborArray items;
    for (const QCborValue &one : request.map.value(qint64(protocol::Instances)).toArray()) {
        const QCborArray name = one.toArray();
        items.append(
            QCborArray{QCborArray{qint64(ClassTag), QStringLiteral("UI"), name.at(0).toString().toLatin1()},
                QCborArray{qint64(UidTag), QStringLiteral("UI"), name.at(1).toString().toLatin1()}});
    }
    const QByteArray transaction = request.map.value(qint64(protocol::Transaction)).toString().toLatin1();
    const QCborArray dataset{QCborArray{qint64(TransactionTag), QStringLiteral("UI"), transaction},
        QCborArray{qint64(ReferencedTag), QStringLiteral("SQ"), items}};
    const bool explicitVr = context->syntax == base::oid("tsExplicitLE").text().toLatin1();
    const QByteArray body = encodeElements(dataset, explicitVr);
    Command ask;
    ask.field = field::ActionRq;
    ask.id = m_link.nextId();
    ask.requestedClass = context->abstractSyntax;
    ask.requestedInstance = base::oid("sopCommitmentInstance").text().toLatin1();
    ask.actionType = 1;
    ask.hasData = true;
    NARU_TRY(m_link.send(context->id, ask, body.constData(), body.size()));
    // The report may overtake the answer (PS3.4 J.3).
    while (true) {
        NARU_ASSIGN(const Message message, m_link.receive());
        if (message.command.field == field::EventRq) {
            NARU_TRY(takeReport(message));
            continue;
        }
        if (message.command.field != (field::ActionRq | field::Response) || !message.command.status) {
            m_link.abort();
            return errors::Garbage;
        }
        if (message.command.hasData)
            NARU_TRY(m_link.receiveData(message.context, MostReport));
        if (*message.command.status != 0)
            return base::Error(errors::Status, {},
                {{QStringLiteral("status"), QString::number(*message.command.status, 16).toUpper()}});
        break;
    }
    return awaitReport(int(request.map.value(qint64(protocol::Seconds)).toInteger()));
}

// A report that does not come, or an archive that ends the association first, is no error: it comes later.
base::Status Service::awaitReport(int seconds)
{
    if (seconds <= 0)
        return {};
    const auto message = m_link.receive(seconds);
    if (!message)
        return message.error().is(errors::Timeout) || m_link.wasReleased() || message.error().is(errors::Lost)
                || message.error().is(errors::Aborted)
            ? base::Status()
            : base::Status(message.error());
    return message->command.field == field::EventRq ? takeReport(*message) : base::Status();
}

base::Status Service::accept(const Wire &request)
{
    if (request.descriptors.size() != 1)
        return errors::Invalid;
    // The link closes the socket with the association.
    const int socket = const_cast<Wire &>(request).descriptors.front().release();
    NARU_ASSIGN(const Caller caller, m_link.listen(socket));
    NARU_ASSIGN(const wire::Message answer,
        askParent({{qint64(protocol::Verb), int(protocol::Asks)},
            {qint64(protocol::CallingAe), text(caller.callingAe)},
            {qint64(protocol::CalledAe), text(caller.calledAe)}}));
    if (!answer.map.value(qint64(protocol::Ok)).toBool()) {
        const qint64 who = answer.map.value(qint64(protocol::Status)).toInteger();
        m_link.refuse(who == protocol::CallingAe, who == protocol::CalledAe);
        return errors::Rejected;
    }
    NARU_TRY(m_link.admit());
    return serve(caller.callingAe);
}

base::Status Service::serve(const QByteArray &caller)
{
    while (true) {
        const auto message = m_link.receive(IdleSeconds);
        if (!message)
            return m_link.wasReleased() ? base::Status() : base::Status(message.error());
        if (const base::Status served = serveOne(*message, caller); !served)
            return m_link.wasReleased() ? base::Status() : served;
    }
}

base::Status Service::serveOne(const Message &message, const QByteArray &caller)
{
    switch (message.command.field) {
    case field::EchoRq:
        return m_link.send(message.context, message.command.response(Success));
    case field::StoreRq:
        return takeInstance(message, caller);
    case field::EventRq:
        return takeReport(message);
    case field::CancelRq:
        return {};
    default:
        if (message.command.hasData)
            NARU_TRY(m_link.receiveData(message.context, MostReport));
        return m_link.send(message.context, message.command.response(UnrecognizedOperation));
    }
}

} // namespace naru::dimse
