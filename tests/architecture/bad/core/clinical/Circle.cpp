QEventLoop loop;
