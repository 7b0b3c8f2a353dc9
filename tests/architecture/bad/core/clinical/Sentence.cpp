auto s = QObject::tr("Hello");
