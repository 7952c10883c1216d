"""Payment planned family by family on the desk: what is wanted, what comes of it, and changes by hand."""
