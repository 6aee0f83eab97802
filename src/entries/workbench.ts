document.body.append('workbench');
