// naru-decoder: started by the pool with one socket; nothing else.
int main()
{
    return 2;
}
