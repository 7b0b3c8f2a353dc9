int main() { printf("%d", 1); return app.exec(); }
